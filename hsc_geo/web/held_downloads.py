"""Files to download stay for a while after the page was drawn anew, so that a press of that moment still gets its file.

A button carries the number of a file that is made when it is pressed. Streamlit forgets the number when a run of any
visitor ends and the button's page was drawn anew, and the file at the second such end. A browser that has not drawn the
new button yet then gets an error for a good press, the more often the more visitors there are.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind

HELD_S = 120.0  # longer than a slow connection needs for a new page or for a request of the file


class HeldDownloads:
    """In place of `MediaFileManager.remove_orphaned_files`: what is to download goes when unused for `HELD_S` seconds.

    Pictures that no page shows go at once, as before. A button that is drawn as not in use loses its file at once too:
    that way is another (`remove_deferred`).
    """

    def __init__(self, manager: MediaFileManager, clock: Callable[[], float] = time.monotonic) -> None:
        self._manager = manager
        self._clock = clock
        self._unused_since: dict[str, float] = {}

    def __call__(self) -> None:
        """Remove what is unused; safe from any thread."""
        files, now = self._manager, self._clock()
        with files._lock:
            shown = {
                each for by_place in files._files_by_session_and_coord.values() for each in by_place.values()
            }
            idle = files._get_inactive_file_ids() | (files._deferred_callables.keys() - shown)
            self._unused_since = {each: self._unused_since.get(each, now) for each in idle}
            for each in idle:
                known = files._file_metadata.get(each)
                if known is not None and known.kind == MediaFileKind.MEDIA:
                    files._delete_file(each)
                elif now - self._unused_since[each] < HELD_S:
                    continue
                elif known is not None:
                    files._delete_file(each)
                else:
                    files._drop_deferred_id(each)


def hold_downloads() -> None:
    """Make the server that runs hold its downloads; nothing where none runs."""
    if runtime.exists():
        manager = runtime.get_instance().media_file_mgr
        manager.remove_orphaned_files = HeldDownloads(manager)  # type: ignore[method-assign]
