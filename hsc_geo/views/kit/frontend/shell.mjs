/* What Streamlit itself cannot do: the language of the page, its name beside the mark, a title for the map's frame, and
   on a phone a menu that goes when a page is chosen. */
const PHONE = "(max-width: 768px)"; // where Streamlit lays the menu over the page

function closeMenu(event) {
  const chosen = event.target.closest("[data-testid=stSidebarNavLink], .stSidebar [data-testid=stLogoLink]");
  if (!chosen || !matchMedia(PHONE).matches) return;
  document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  document.querySelector(".stMain")?.focus({ preventScroll: true });
}

export default function (component) {
  const { data } = component;
  const page = document.documentElement;
  const apply = () => {
    if (page.lang !== data.lang) page.lang = data.lang;
    document.querySelectorAll("iframe").forEach((frame) => {
      const map = (frame.getAttribute("src") || "").includes("streamlit_folium");
      if (map && frame.title !== data.map) frame.title = data.map;
    });
  };
  apply();
  page.style.setProperty("--hsc-name", JSON.stringify(data.name));
  const observer = new MutationObserver(apply);
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("click", closeMenu);
  return () => {
    observer.disconnect();
    document.removeEventListener("click", closeMenu);
  };
}
