namespace VirtLatency.Tests.Parsing;

/// <summary>What icmp_drop_detector prints with --verbose. A header is 15 lines, a flow 6, its complete mark the fourth.</summary>
internal static class IcmpPathText
{
    public const string SenderHeader = """
        === ICMP Drop Detector ===
        Source IP: 10.0.130.145
        Destination IP: 10.0.130.143
        RX Interface(s): vnet5(ifindex=14)
        TX Interface(s): ens4f0(ifindex=4), ens4f1(ifindex=5)
        Timeout: 1000 ms

        Flow path:
          [0] Request RX at vnet5
          [1] Request TX at ens4f0,ens4f1
          [2] Reply RX at ens4f0,ens4f1
          [3] Reply TX at vnet5

        Tracing... Hit Ctrl-C to end.


        """;

    public const string ReceiverHeader = """
        === ICMP Drop Detector ===
        Source IP: 10.0.130.145
        Destination IP: 10.0.130.143
        RX Interface(s): ens4f0(ifindex=4), ens4f1(ifindex=5)
        TX Interface(s): vnet2(ifindex=21)
        Timeout: 1000 ms

        Flow path:
          [0] Request RX at ens4f0,ens4f1
          [1] Request TX at vnet2
          [2] Reply RX at vnet2
          [3] Reply TX at ens4f0,ens4f1

        Tracing... Hit Ctrl-C to end.


        """;

    public const string First = """
        2026-01-09 10:21:03.119 [new] ID=21973 Seq=1 ReqRX:Y ReqTX:- RepRX:- RepTX:-
        2026-01-09 10:21:03.119 [update] ID=21973 Seq=1 ReqRX:Y ReqTX:Y RepRX:- RepTX:-
        2026-01-09 10:21:03.119 [update] ID=21973 Seq=1 ReqRX:Y ReqTX:Y RepRX:Y RepTX:-
        2026-01-09 10:21:03.119 [complete] ID=21973 Seq=1 ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y
          Latency(us): ReqInternal=13.1  External=137.3  RepInternal=8.8  Total=159.2
        --------------------------------------------------------------------------------

        """;

    public const string Second = """
        2026-01-09 10:21:04.121 [new] ID=21973 Seq=2 ReqRX:Y ReqTX:- RepRX:- RepTX:-
        2026-01-09 10:21:04.121 [update] ID=21973 Seq=2 ReqRX:Y ReqTX:Y RepRX:- RepTX:-
        2026-01-09 10:21:04.122 [update] ID=21973 Seq=2 ReqRX:Y ReqTX:Y RepRX:Y RepTX:-
        2026-01-09 10:21:04.122 [complete] ID=21973 Seq=2 ReqRX:Y ReqTX:Y RepRX:Y RepTX:Y
          Latency(us): ReqInternal=16.4  External=377.8  RepInternal=13.5  Total=407.7
        --------------------------------------------------------------------------------

        """;

    /// <summary>Begins with a blank line; 10 lines.</summary>
    public const string Drop = """

        === ICMP Drop Detected: 2026-01-09 10:21:05.500 ===
        Flow: 10.0.130.145 -> 10.0.130.143 (ID=700, Seq=2)
          [0] ReqRX: recorded
          [1] ReqTX: MISSING
          [2] RepRX: MISSING
          [3] RepTX: MISSING

        Drop Location: Request dropped INTERNALLY
          Request received at vnet5 but NOT sent from ens4f0,ens4f1

        """;

    public const string Footer = """

        Detaching...

        === ICMP Flow Statistics ===
        Total flows tracked: 10
        Complete flows: 5
        Request internal drops: 2
        External drops: 1
        Reply internal drops: 1

        """;
}
