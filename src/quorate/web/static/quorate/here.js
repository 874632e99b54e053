// Whose page this is. A page that the browser has kept, in another tab or for its Back button, is loaded anew once
// nobody is signed in here any more, or somebody else is: on a shared computer it is not for who sits there now.

const PLACE = "quorate/here";
const me = document.querySelector('meta[name="member"]')?.content ?? "";

// Where nothing can be kept, nobody knows: then it is loaded anew.
function isOther() {
  try {
    return localStorage.getItem(PLACE) !== me;
  } catch {
    return true;
  }
}

try {
  localStorage.setItem(PLACE, me);
} catch {
  // isOther says so
}

function leave() {
  document.documentElement.hidden = true;
  location.reload();
}
addEventListener("pageshow", ({ persisted }) => { if (me && persisted && isOther()) leave(); });
addEventListener("storage", ({ key }) => { if (me && (key === PLACE || key === null) && isOther()) leave(); });
