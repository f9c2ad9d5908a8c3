"""What a program says while it runs."""

import subprocess
import threading


class Printed:
    """What a process prints, as it comes."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._said = ""
        self._changed = threading.Condition()
        threading.Thread(target=self._read, args=(process,), daemon=True).start()

    def _read(self, process: "subprocess.Popen[str]") -> None:
        for line in process.stdout or ():
            with self._changed:
                self._said += line
                self._changed.notify_all()

    def until(self, words: str) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: words in self._said, 60), self._said
