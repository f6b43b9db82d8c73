"""Reads one log, line by line, to the mean, spread and range of its latencies: as one writes it on an afternoon.

It reads what our reader reads: each record's time, addresses, id, sequence and CPU, and every latency; a record counts
when it is whole.

usage: parse_log.py TOOL FILE
"""
import math
import re
import sys
from datetime import datetime

TITLE = re.compile(r"=== ICMP RTT Trace: (\S+ \S+) \((TX|RX)")
SESSION = re.compile(r"Session: (\S+) -> (\S+) \(ID: (\d+), Seq: (\d+)\)")
TASK = re.compile(r"Path 2 .*: PID=(\d+)\s+COMM=(?:swapper|ksoftirqd)/(\d+)")
STAGE = re.compile(r"  \[(\d->\d)\] .*:\s+(-?[\d.]+) us$")
TOTAL = re.compile(r"\s*(Total Path 1|Total Path 2|Total RTT|Inter-Path Latency)[^:]*:\s*(-?[\d.]+) us$")
EVENT = re.compile(r"TUN TX INTERRUPT \[(\S+):q(\d+)\] Stage (\d) [^:]*: Time=(\S+ \S+) .*?(?:Delay=([\d.]+)ms )?CPU=(\d+) PID=(\d+)")
PACKET = re.compile(r".* ICMP (\S+) -> (\S+) type=(\d+) code=\d+ id=(\d+) seq=(\d+)")
KICK = re.compile(r"\[([\d:.]+)\] tid=(\d+) queue=(\d+) s0=(\d+)us s1=(\d+)us s2=(\d+)us total=(\d+)us")
COMPLETE = re.compile(r"(\S+ \S+) \[complete\] ID=(\d+) Seq=(\d+)")
FLOW = re.compile(r"  Latency\(us\): ReqInternal=([\d.]+)  External=([\d.]+)  RepInternal=([\d.]+)  Total=([\d.]+)")
ANSWER = re.compile(r"\d+ bytes from (\S+): icmp_seq=(\d+) ttl=\d+ time=([\d.]+) ms")


class Column:
    def __init__(self):
        self.count, self.mean, self.squares, self.least, self.most = 0, 0.0, 0.0, math.inf, -math.inf

    def add(self, value):
        self.count += 1
        distance = value - self.mean
        self.mean += distance / self.count
        self.squares += distance * (value - self.mean)
        self.least = min(self.least, value)
        self.most = max(self.most, value)


def time_of(text):
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def number_of(text):
    try:
        return float(text)
    except ValueError:
        return math.nan


def rtt(lines):
    record = None
    for line in lines:
        if line.startswith("="):
            found = TITLE.match(line)
            if found:
                record = {"time": time_of(found.group(1)), "direction": found.group(2), "values": {}}
            elif record and "key" in record and "Total RTT" in record["values"]:
                yield record["values"]
                record = None
        elif record:
            found = TOTAL.match(line) or STAGE.match(line)
            if found:
                record["values"][found.group(1)] = number_of(found.group(2))
                continue
            found = SESSION.match(line)
            if found:
                record["key"] = (found.group(1), found.group(2), int(found.group(3)), int(found.group(4)))
                continue
            found = TASK.match(line)
            if found:
                record["cpu"] = int(found.group(2))


def tun(lines):
    chains = {}
    for line in lines:
        found = EVENT.match(line)
        if not found:
            continue
        device, queue, stage, when, delay, cpu, pid = found.groups()
        chain = chains.setdefault((device, queue), {})
        if stage == "1":
            chain.clear()
            packet = PACKET.match(line)
            if packet:
                chain["key"] = (packet.group(1), packet.group(2), int(packet.group(4)), int(packet.group(5)))
        chain["time"], chain["cpu"], chain["pid"] = time_of(when), int(cpu), int(pid)
        if delay:
            chain["Stage " + stage] = float(delay) * 1000
        if stage == "5":
            yield {name: value for name, value in chain.items() if name.startswith("Stage")}


def kvm(lines):
    for line in lines:
        found = KICK.match(line)
        if found:
            yield dict(zip(("s0", "s1", "s2", "total"), map(int, found.groups()[3:])))


def flows(lines):
    key = None
    for line in lines:
        found = COMPLETE.match(line)
        if found:
            key = (time_of(found.group(1)), int(found.group(2)), int(found.group(3)))
            continue
        found = FLOW.match(line)
        if found and key:
            yield dict(zip(("ReqInternal", "External", "RepInternal", "Total"), map(float, found.groups())))
            key = None


def ping(lines):
    for line in lines:
        found = ANSWER.match(line)
        if found:
            yield {"time": float(found.group(3)) * 1000}


READERS = {
    "kernel_icmp_rtt": rtt,
    "tun_tx_to_kvm_irq": tun,
    "kvm_vhost_tun_latency": kvm,
    "icmp_drop_detector": flows,
    "ping": ping,
}


def main():
    tool, path = sys.argv[1:]
    columns = {}
    with open(path, encoding="utf-8", errors="replace") as lines:
        for record in READERS[tool](lines):
            for name, value in record.items():
                columns.setdefault(name, Column()).add(value)
    for name, column in columns.items():
        spread = math.sqrt(column.squares / (column.count - 1)) if column.count > 1 else 0
        print(f"{name}: n={column.count} mean={column.mean:.3f} sd={spread:.3f} min={column.least:.3f} max={column.most:.3f} us")


main()
