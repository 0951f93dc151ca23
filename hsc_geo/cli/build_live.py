"""`data build --municipality` without extracts: from the services that publish figures and boundaries."""

from __future__ import annotations

from pathlib import Path

from hsc_geo.cli.refresh import fetched, fetcher_of
from hsc_geo.cli.tell import line


def build_live(municipality: str, own: Path | None, target: Path, sources: str, year: int | None) -> str:
    """Fetch everything of a municipality and write its package, all or nothing; gives the snapshot id.

    Raises SourceError for what is not answered or not understood, CheckFailed for a package that does not pass.
    """
    from hsc_geo.data.build import CheckFailed
    from hsc_geo.data.check import check_folder
    from hsc_geo.data.own_words import TABLES, refuse_strange_areas
    from hsc_geo.data.packing import rows_of, write
    from hsc_geo.data.refresh import refreshed
    from hsc_geo.data.seed import seed
    from hsc_geo.data.swap import building_beside
    from hsc_geo.domain import schema
    from hsc_geo.sources.live.pdok import NEWEST, read_municipality
    from hsc_geo.sources.words import read_words

    fetcher = fetcher_of(sources, None, False)
    code, name = read_municipality(fetcher, municipality, year or NEWEST)
    line(f"{name} ({code})", to_err=True)
    empty = seed(code, name, own)
    read, live = fetched(fetcher, empty, ("health", "key-figures", "boundaries"), year)
    made = refreshed(empty, read, live, read_words())
    refuse_strange_areas({name: rows_of(made.package, schema.table(name)) for name in ("areas", *TABLES)})
    with building_beside(target) as folder:
        snapshot = write(made.package, folder)
        problems = made.problems or tuple(check_folder(folder))
        if problems:
            raise CheckFailed(problems)
    return snapshot
