"use strict";

// In a browser that is signed in to the console, "Try it out" uses that session.
let csrfToken = "";
fetch("/api/v1/session", { headers: { Accept: "application/json" } })
  .then((answer) => (answer.ok ? answer.json() : {}))
  .then((session) => { csrfToken = session.csrfToken ?? ""; })
  .catch(() => {});

window.SwaggerUIBundle({
  url: "/api/v1/openapi.yaml",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: "none",
  requestInterceptor: (request) => {
    if (csrfToken !== "") {
      request.headers["X-CSRF-Token"] = csrfToken;
    }
    return request;
  },
});
