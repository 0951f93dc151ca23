from tests.browser.visiting import *
from tests.browser import naive
def test_x(arrive):
    for size in (WIDE, NARROW):
        v=arrive(size).go(MAP); d=v.map(); v.page.wait_for_timeout(1500)
        print(size, set(r["name"] for k,r in naive.areas().items() if r["level"]=="district")-set(d.names()), d.names(), d.known_to_area_only(), d.zoom())
        print(d.frame.evaluate("""() => Object.keys(hscMap.onlyArea).map(k=>[k,hscMap.onlyArea[k].length])"""))
        v.page.locator("iframe").screenshot(path=f"/tmp/map_{size[0]}.png")
