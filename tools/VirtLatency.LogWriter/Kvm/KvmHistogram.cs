using System.Numerics;

namespace VirtLatency.LogWriter;

/// <summary>
/// Counts of latencies by powers of two, as kvm_vhost_tun_latency_summary keeps them. Its counting and its printing do
/// not agree: bpf_log2l gives 1 for 1 us, 2 for 2..3 us, 3 for 4..7 us, but bucket k is printed as 2^k -> 2^(k+1)-1.
/// So the ranges that it prints, and all it derives from them, are twice too high, except for bucket 0.
/// </summary>
public sealed class KvmHistogram
{
    private const int BucketCount = 65;

    private readonly long[] _counts = new long[BucketCount];

    /// <summary>Number of samples.</summary>
    public long Count { get; private set; }

    /// <summary>Samples by bucket.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>Counts one latency.</summary>
    /// <param name="latencyUs">Whole us, not negative.</param>
    public void Add(long latencyUs) => AddToBucket(latencyUs > 0 ? BitOperations.Log2((ulong)latencyUs) + 1 : 0, 1);

    /// <summary>Adds samples to a bucket, printed as 2^bucket -> 2^(bucket+1)-1 (bucket 0 as 0 -> 1).</summary>
    /// <param name="bucket">Number of the bucket, 0 to 64.</param>
    /// <param name="count">Number of samples.</param>
    public void AddToBucket(int bucket, long count)
    {
        _counts[bucket] += count;
        Count += count;
    }

    /// <summary>Adds another histogram's samples.</summary>
    /// <param name="other">The other histogram.</param>
    public void Add(KvmHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int bucket = 0; bucket < BucketCount; bucket++)
        {
            AddToBucket(bucket, other._counts[bucket]);
        }
    }

    internal static (double Low, double High) Range(int bucket) =>
        bucket == 0 ? (0, 1) : (Math.ScaleB(1, bucket), Math.ScaleB(1, bucket + 1) - 1);

    /// <summary>The tool's average: middles of the printed ranges.</summary>
    internal double Average() =>
        Enumerable.Range(0, BucketCount).Sum(bucket => _counts[bucket] * (Range(bucket).Low + Range(bucket).High) / 2) / Count;

    /// <summary>The tool's percentile: linear inside the printed range; 1 for bucket 0.</summary>
    internal double Percentile(int percent)
    {
        double target = Count * (double)percent / 100;
        long before = 0;
        for (int bucket = 0; bucket < BucketCount; bucket++)
        {
            long count = _counts[bucket];
            if (count > 0 && before + count >= target)
            {
                (double low, double high) = Range(bucket);
                return bucket == 0 ? 1 : low + ((target - before) / count * (high - low));
            }

            before += count;
        }

        return 1;
    }
}
