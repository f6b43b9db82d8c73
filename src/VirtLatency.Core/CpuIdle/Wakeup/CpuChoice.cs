namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>Chooses CPUs, and refuses those that a measurement would harm; pure.</summary>
internal static class CpuChoice
{
    /// <summary>The pairs to measure.</summary>
    /// <param name="host">The host.</param>
    /// <param name="request">What is asked for.</param>
    /// <returns>At least one pair.</returns>
    /// <exception cref="WakeupException">A CPU cannot or must not be used.</exception>
    public static IReadOnlyList<CpuPair> Of(WakeupHost host, WakeupRequest request)
    {
        if (host.Allowed.Count < 2)
        {
            throw new WakeupException(
                WakeupProblem.NeedsTwoCpus, null, FormattableString.Invariant($"This process may use {host.Allowed.Count} of {host.Online.Count} online CPUs on {host.HostName}, and a sleeper and a waker need one each. Bring another CPU online, or widen the cpuset."));
        }

        IReadOnlyList<int> sleepers = request.Cpus.Count > 0 ? [.. request.Cpus.Distinct()] : [SleeperOf(host, request)];
        return [.. sleepers.Select(cpu => PairOf(host, request, cpu))];
    }

    /// <summary>CPU 0 has most of a host's housekeeping: another is taken where there is one.</summary>
    private static int SleeperOf(WakeupHost host, WakeupRequest request)
    {
        int[] candidates = [.. host.Allowed.Where(cpu => cpu != request.WakerCpu)];
        return candidates.OrderBy(cpu => host.ReasonsAgainst(cpu).Any()).ThenBy(cpu => cpu == 0).ThenBy(cpu => cpu).First();
    }

    private static CpuPair PairOf(WakeupHost host, WakeupRequest request, int cpu)
    {
        Require(host, request, cpu);
        IReadOnlyList<int> siblings = host.SiblingsOf(cpu) ?? [];
        int waker = request.WakerCpu ?? host.Allowed.Where(other => other != cpu)
            .OrderBy(other => host.ReasonsAgainst(other).Any()).ThenBy(siblings.Contains).ThenBy(other => other).First();
        if (waker == cpu)
        {
            throw new WakeupException(WakeupProblem.WakerIsSleeper, cpu, FormattableString.Invariant($"CPU {cpu} cannot sleep and wake itself. Give -WakerCpu another CPU than -Cpu, or leave it out."));
        }

        Require(host, request, waker);
        IEnumerable<string> reasons = host.ReasonsAgainst(cpu).Concat(host.ReasonsAgainst(waker)).Select(against => "forced although " + against.Reason);
        IEnumerable<string> sibling = siblings.Contains(waker) ? [FormattableString.Invariant($"the waker spins on CPU {waker}, an SMT sibling: the core never reaches a deep state")] : [];
        return new CpuPair(cpu, waker, [.. reasons, .. sibling]);
    }

    private static void Require(WakeupHost host, WakeupRequest request, int cpu)
    {
        if (!host.Online.Contains(cpu))
        {
            throw new WakeupException(WakeupProblem.CpuNotOnline, cpu, FormattableString.Invariant($"CPU {cpu} is not online on {host.HostName}. Online are {CpuRange.TextOf(host.Online)}."));
        }

        if (!host.Allowed.Contains(cpu))
        {
            throw new WakeupException(WakeupProblem.CpuNotAllowed, cpu, FormattableString.Invariant($"This process may not run on CPU {cpu}: its cpuset or affinity is {CpuRange.TextOf(host.Allowed)}."));
        }

        if (!request.IsForced && host.ReasonsAgainst(cpu).Select(against => ((WakeupProblem, string)?)against).FirstOrDefault() is var (problem, reason))
        {
            throw new WakeupException(problem, cpu, reason + ", and measuring keeps the CPU busy. Give another CPU with -Cpu and -WakerCpu, or -Force.");
        }
    }
}
