"""Reads one log, line by line, to the means of its latencies: as one writes it on an afternoon.

usage: parse_log.py TOOL FILE
"""
import re
import sys

SESSION = re.compile(r"Session: (\S+) -> (\S+) \(ID: (\d+), Seq: (\d+)\)")
RTT = re.compile(r"\s*(Total Path 1|Total Path 2|Total RTT|Inter-Path Latency)[^:]*:\s*(-?[\d.]+) us")
STAGE = re.compile(r"TUN TX INTERRUPT \[(\S+):q(\d+)\] Stage (\d).* Delay=([\d.]+)ms CPU=(\d+) PID=(\d+)")
KICK = re.compile(r"\[([\d:.]+)\] tid=(\d+) queue=(\d+) s0=(\d+)us s1=(\d+)us s2=(\d+)us total=(\d+)us")
COMPLETE = re.compile(r"(\S+ \S+) \[complete\] ID=(\d+) Seq=(\d+)")
FLOW = re.compile(r"  Latency\(us\): ReqInternal=([\d.]+)  External=([\d.]+)  RepInternal=([\d.]+)  Total=([\d.]+)")
ANSWER = re.compile(r"\d+ bytes from (\S+): icmp_seq=(\d+) ttl=\d+ time=([\d.]+) ms")


def rtt(lines):
    for line in lines:
        if SESSION.match(line):
            continue
        found = RTT.match(line)
        if found:
            yield found.group(1), float(found.group(2))


def tun(lines):
    for line in lines:
        found = STAGE.match(line)
        if found:
            yield "Stage " + found.group(3), float(found.group(4)) * 1000


def kvm(lines):
    for line in lines:
        found = KICK.match(line)
        if found:
            for name, value in zip(("s0", "s1", "s2", "total"), found.groups()[3:]):
                yield name, int(value)


def flows(lines):
    for line in lines:
        if COMPLETE.match(line):
            continue
        found = FLOW.match(line)
        if found:
            for name, value in zip(("ReqInternal", "External", "RepInternal", "Total"), found.groups()):
                yield name, float(value)


def ping(lines):
    for line in lines:
        found = ANSWER.match(line)
        if found:
            yield "time", float(found.group(3)) * 1000


READERS = {
    "kernel_icmp_rtt": rtt,
    "tun_tx_to_kvm_irq": tun,
    "kvm_vhost_tun_latency": kvm,
    "icmp_drop_detector": flows,
    "ping": ping,
}


def main():
    tool, path = sys.argv[1:]
    sums = {}
    with open(path, encoding="utf-8", errors="replace") as lines:
        for name, value in READERS[tool](lines):
            count, total = sums.get(name, (0, 0.0))
            sums[name] = (count + 1, total + value)
    for name, (count, total) in sums.items():
        print(f"{name}: n={count} mean={total / count:.3f} us")


main()
