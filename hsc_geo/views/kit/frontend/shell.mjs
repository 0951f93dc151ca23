/* What Streamlit itself cannot say to a screen reader: the language of the page and a title for the map's frame. */
export default function (component) {
  const { data } = component;
  const apply = () => {
    if (document.documentElement.lang !== data.lang) document.documentElement.lang = data.lang;
    document.querySelectorAll("iframe").forEach((frame) => {
      const map = (frame.getAttribute("src") || "").includes("streamlit_folium");
      if (map && frame.title !== data.map) frame.title = data.map;
    });
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}
