"""Mines the records of a folder of logs with Drain3 in its default configuration.

usage: mine_with_drain3.py FOLDER [LABELS]

Prints as `name=value` how long mining alone took (reading and taking off headers are not counted), how many records there were and how
many clusters they became. With LABELS, a CSV of `file,line,template`, only the lines named there are mined, and GA and FGA are printed: first
against the labels, then against their message and method alone.
"""

import csv
import pathlib
import re
import sys
import time
from collections import Counter

from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig

# Records that are read before the clock starts.
BATCH = 20_000

# What stands before the message, form by form; a line that fits none of them goes on with the record before it.
HEADERS = [
    # oslo.log; the lines of a traceback have no context in brackets, though some have an instance.
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \d+ [A-Z]+ \S+ \[(?:-|None|req-)[^]]*\] ",
    # RabbitMQ.
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+\d\d:\d\d \[\w+\] <[\d.]+> ",
    # libvirt.
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+\d{4}: \d+: \w+ : ",
    # MariaDB.
    r"\d{4}-\d\d-\d\d [ \d]\d:\d\d:\d\d \d+ \[\w+\] ",
    # Syslog.
    r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ \S+: ",
    # Apache's access lines: the address and the time.
    r"\S+ \S+ \S+ \[\d\d/\w+/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] ",
]
HEADER = re.compile("|".join(HEADERS))


def records(folder):
    """Each record's file, line and message, the files in the order of their names."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        with path.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                header = HEADER.match(line)
                if header:
                    yield name, number, line[header.end() :].rstrip("\n")


def batches(source):
    batch = []
    for record in source:
        batch.append(record)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def accuracy(truth, found):
    """GA and FGA: see crates/engine/src/template/accuracy.rs for what they are."""
    both, true_sizes, found_sizes = Counter(zip(truth, found)), Counter(truth), Counter(found)
    right = [n for (t, f), n in both.items() if true_sizes[t] == n == found_sizes[f]]
    return sum(right) / len(truth), 2 * len(right) / (len(true_sizes) + len(found_sizes))


def main(folder, labels=None):
    source = records(pathlib.Path(folder))
    if labels:
        with open(labels, newline="", encoding="utf-8") as file:
            wanted = {(row["file"], int(row["line"])): row["template"] for row in csv.DictReader(file)}
        source = (record for record in source if record[:2] in wanted)
    miner = TemplateMiner(config=TemplateMinerConfig())
    seconds, count, found = 0.0, 0, []
    for batch in batches(source):
        began = time.perf_counter()
        ids = [miner.add_log_message(message)["cluster_id"] for _, _, message in batch]
        seconds += time.perf_counter() - began
        count += len(batch)
        if labels:
            found.extend((wanted[name, line], cluster) for (name, line, _), cluster in zip(batch, ids))
    if labels:
        truth, clusters = zip(*found)
        for side in (truth, [" ".join(label.split(" ")[:2]) for label in truth]):
            print("GA={:.4f} FGA={:.4f}".format(*accuracy(side, clusters)))
    print(f"seconds={seconds:.3f}")
    print(f"events={count}")
    print(f"templates={len(miner.drain.clusters)}")


main(*sys.argv[1:])
