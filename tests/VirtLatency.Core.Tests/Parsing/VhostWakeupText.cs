namespace VirtLatency.Tests.Parsing;

/// <summary>What vhost_wakeup_latency -v prints.</summary>
internal static class VhostWakeupText
{
    public const string Header = """
        Tracing vhost worker wakeup latency...
        Press Ctrl-C to exit


        """;

    public const string Samples = """
          [vhost-73801] pid=73868 latency=85.2us waker_cpu=36 target_cpu=12 run_cpu=12
          [vhost-73801] pid=73869 latency=250.9us waker_cpu=3 target_cpu=14 run_cpu=15

        """;

    public const string Interval = """

        [5.0s] Statistics:
          Wakeups: 13, Completed switches: 12
          Avg latency: 40.3 us, Max latency: 250 us

        """;

    public const string Footer = """

        ============================================================
        Wakeup Latency Histogram (microseconds):
        ============================================================
             latency(us)         : count     distribution
                 0 -> 1          : 0        |                                        |
                 2 -> 3          : 10       |****************************************|
                 4 -> 7          : 0        |                                        |
                64 -> 127        : 1        |****                                    |
               128 -> 255        : 1        |****                                    |

        Final Statistics:
          Total wakeups: 14
          Completed switches: 13
          Average latency: 37.5 us
          Maximum latency: 250 us

        """;

    public const string Whole = Header + Samples + Interval + Footer;
}
