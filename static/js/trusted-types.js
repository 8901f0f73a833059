// The server's policy forbids strings as HTML or scripts. htmx hands over pages of our own
// server as strings; those may pass, strings as code may not.
if (window.trustedTypes?.createPolicy) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (html) => html,
    createScriptURL: (url) => {
      if (new URL(url, location.href).origin !== location.origin) throw new TypeError(url);
      return url;
    },
  });
}
