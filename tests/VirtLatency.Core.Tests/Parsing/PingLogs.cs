namespace VirtLatency.Tests.Parsing;

/// <summary>Output of ping, typed from the print code of the version that each is named after.</summary>
internal static class PingLogs
{
    /// <summary>iputils s20121221 on CentOS 7. Packet 3 is lost; the footer says so too. 10 lines.</summary>
    public const string CentOs7 = """
        PING vm2.example (10.0.130.143) 56(84) bytes of data.
        64 bytes from vm2.example (10.0.130.143): icmp_seq=1 ttl=64 time=0.512 ms
        64 bytes from vm2.example (10.0.130.143): icmp_seq=2 ttl=64 time=1.23 ms
        64 bytes from vm2.example (10.0.130.143): icmp_seq=4 ttl=64 time=12.3 ms
        64 bytes from vm2.example (10.0.130.143): icmp_seq=5 ttl=64 time=123 ms

        --- vm2.example ping statistics ---
        5 packets transmitted, 4 received, 20% packet loss, time 4003ms
        rtt min/avg/max/mdev = 0.512/34.260/123.000/51.470 ms

        """;

    /// <summary>iputils 20210202, ping -D -O -I 10.0.130.145: 2 is late, 3 is answered after its notice, 4 never. 14 lines.</summary>
    public const string Stamped = """
        PING 10.0.130.143 (10.0.130.143) from 10.0.130.145 : 56(84) bytes of data.
        [1767925263.119004] 64 bytes from 10.0.130.143: icmp_seq=1 ttl=64 time=0.412 ms
        [1767925265.130001] no answer yet for icmp_seq=2
        [1767925265.131002] 64 bytes from 10.0.130.143: icmp_seq=3 ttl=64 time=0.431 ms
        [1767925265.200003] 64 bytes from 10.0.130.143: icmp_seq=2 ttl=64 time=1070 ms
        [1767925267.140005] no answer yet for icmp_seq=4
        [1767925267.141006] 64 bytes from 10.0.130.143: icmp_seq=5 ttl=64 time=0.405 ms
        [1767925267.141106] 64 bytes from 10.0.130.143: icmp_seq=5 ttl=64 time=0.505 ms (DUP!)
        [1767925268.145007] From 10.0.130.1 icmp_seq=6 Destination Host Unreachable

        --- 10.0.130.143 ping statistics ---
        7 packets transmitted, 4 received, +1 duplicates, +1 errors, 42.8571% packet loss, time 6026ms
        rtt min/avg/max/mdev = 0.405/214.550/1070.000/427.725 ms, pipe 2

        """;

    /// <summary>busybox: from 0, three decimals always, its own footer. Packet 1 is lost. 7 lines.</summary>
    public const string Busybox = """
        PING 10.0.130.143 (10.0.130.143): 56 data bytes
        64 bytes from 10.0.130.143: seq=0 ttl=64 time=0.412 ms
        64 bytes from 10.0.130.143: seq=2 ttl=64 time=1.100 ms

        --- 10.0.130.143 ping statistics ---
        3 packets transmitted, 2 packets received, 33% packet loss
        round-trip min/avg/max = 0.412/0.756/1.100 ms

        """;

    /// <summary>ping -q. 5 lines.</summary>
    public const string Quiet = """
        PING 10.0.130.143 (10.0.130.143) 56(84) bytes of data.

        --- 10.0.130.143 ping statistics ---
        100 packets transmitted, 98 received, 2% packet loss, time 99123ms
        rtt min/avg/max/mdev = 0.312/0.402/0.912/0.051 ms

        """;

    public const string Banner = "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.\n";

    public static string Answer(int sequence, string end = "time=0.400 ms") => FormattableString.Invariant($"64 bytes from 10.0.0.2: icmp_seq={sequence} ttl=64 {end}\n");

    public static string Answers(IEnumerable<int> sequences) => string.Concat(sequences.Select(sequence => Answer(sequence & 65535)));

    public static string Counts(int transmitted, int received) => FormattableString.Invariant($"\n--- 10.0.0.2 ping statistics ---\n{transmitted} packets transmitted, {received} received, 0% packet loss, time 4003ms\n");
}
