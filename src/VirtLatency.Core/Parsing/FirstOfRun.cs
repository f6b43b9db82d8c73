namespace VirtLatency.Parsing;

/// <summary>Tells a ping's first packet: sequence 1, once for each ICMP id of a run. The number comes again when it wraps.</summary>
internal sealed class FirstOfRun
{
    private readonly HashSet<int> _ids = [];
    private int _run;

    public bool IsFirst(int run, int icmpId, int sequence)
    {
        if (run != _run)
        {
            _run = run;
            _ids.Clear();
        }

        return sequence == 1 && _ids.Add(icmpId);
    }
}
