"""Sizes and times of the sending machinery, each with its reason."""

from __future__ import annotations

import os
import random
from typing import Callable, Optional

DEFAULT_SPOOL_BYTES = 1 << 30


class Tuning:
    """What a test may replace and a user seldom needs to."""

    def __init__(self) -> None:
        self.queue_items = 100_000
        """Points that wait in memory: about 20 MB of Python objects."""
        self.room_seconds = 0.05
        """The longest a log() call waits for a full queue to move before it gives the point up and counts it."""
        self.wake_items = 1_000
        """Points after which the packing thread is woken before its interval is over."""
        self.lagging_requests = 4
        """Requests waiting to be sent from which on the packing thread waits for full batches."""
        self.interval = 0.5
        """Seconds between two looks at the queue: how late a live curve may be."""
        self.batch_points = 5_000
        """Points in a request: about 250 kB of JSON, a few milliseconds of work on either side."""
        self.batch_bytes = 1 << 20
        """Estimated size after which a batch with histograms, embeddings or text is closed."""
        self.event_bytes = 24 << 20
        """Estimated size from which on an embedding goes as a file: the server takes bodies of 32 MiB."""
        self.pending_bytes = 128 << 20
        """Copies of arrays, texts and images that wait to be packed."""
        self.heavy_room_seconds = 1.0
        """The longest a call with an array waits for that share to clear before it gives up and counts."""
        self.memory_bytes = 8 << 20
        """Packed requests that wait in memory; further ones go to the spool."""
        self.spool_bytes = int(os.environ.get("LOSSBOARD_SPOOL_BYTES", DEFAULT_SPOOL_BYTES))
        """Bytes in the spool folder, all runs together."""
        self.gzip_bytes = 8 << 10
        """Bodies from this size on are sent compressed."""
        self.connect_seconds = 5.0
        self.answer_seconds = 30.0
        """The server answers after its commit; half a minute covers a disk that stalls."""
        self.backoff_first = 0.5
        self.backoff_limit = 10.0
        """The longest own pause between attempts: how late a live curve resumes after the server is back."""
        self.give_up_failures = 3
        """Failed attempts after which flush() and close() leave the rest to the spool; one where the server was away before."""
        self.fatal_failures = 10
        """Answers of 500 after which one request is set aside: the server cannot digest it, and others wait behind it."""
        self.denied_seconds = 60.0
        """First pause after 401, 403 and 404: a person has to act, there is no hurry. It doubles, so that a forgotten job does not go on asking."""
        self.denied_limit = 600.0
        self.flush_seconds = 30.0
        self.close_seconds = 15.0
        self.system_seconds = 10.0
        """Between two looks at the machine's load: a dozen files in /proc, well below a millisecond."""
        self.system_first_seconds = 2.0
        """The first look, so that a short run has one; a processor's load needs a stretch of time."""
        self.exit_seconds = 5.0
        """At the end of the process; what is left by then is in the spool."""
        self.chance = random.Random()
        self.pause: Optional[Callable[[float], None]] = None
        """Replaces the wait between two attempts."""

    def denied(self, failures: int) -> float:
        """Seconds before the next attempt where the key is missing, wrong or lacks the right."""
        return min(self.denied_limit, self.denied_seconds * 2 ** min(failures, 16))

    def backoff(self, failures: int) -> float:
        """Seconds before the next attempt: doubling, with jitter so that jobs do not come back all at once."""
        ceiling = min(self.backoff_limit, self.backoff_first * 2 ** min(failures - 1, 16))
        return ceiling * (0.5 + 0.5 * self.chance.random())
