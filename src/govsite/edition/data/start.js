/* Opens the edition that current.js names. Written by govsite install; the one file that changes is current.js. */
function govsiteCurrent(current) {
  "use strict";
  location.replace(current.folder + "/site/" + (current.home || "index.html"));
}
