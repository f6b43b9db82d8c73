using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>
/// What the tools themselves cost: ping's own time with and without them. An environment has one ping log, taken while
/// the tools ran, so the other one is another environment; what is missing is said, nothing is put in its place.
/// </summary>
internal static class InstrumentationCheck
{
    public static ClosureCheck Of(LatencyEnvironment environment)
    {
        var terms = new CheckTerms("PingRtt with and without tools", "PingRtt without tools", IsEquality: true, "that the tools slow the packets down");
        bool hasPing = environment.Logs.Any(log => log.RoleValue == LogRole.SenderPing);
        string reason = (hasPing ? "an environment holds one ping log, that of the traced packets" : "no output of ping was kept while the tools ran")
            + "; import the output of a ping without the tools as an environment of its own (-SenderPingLog), and compare the two at level Container";
        return terms.NotMade(environment.Name, CheckTerms.Means, reason);
    }
}
