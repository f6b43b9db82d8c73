using System.Globalization;
using System.Reflection;
using VirtLatency.Model;
using VirtLatency.Parsing;
using VirtLatency.Tests.Parsing;

namespace VirtLatency.Tests.Damage;

/// <summary>Reads a log of any tool to what the property compares: each record as a text of all that it holds.</summary>
internal static class LogSubject
{
    /// <summary>
    /// Marks that depend on other records by what they mean: removing a neighbour may rightly change them. The place in
    /// the file and the run do so too.
    /// </summary>
    private const SampleFlags Relational = SampleFlags.First | SampleFlags.Duplicate | SampleFlags.Reordered | SampleFlags.StaleKick;

    public static (List<string> Records, LineTally Tally) Read(string name, string log) => name switch
    {
        _ when name.StartsWith("kernel_icmp_rtt", StringComparison.Ordinal) => Texts(Reading.IcmpRtt(log)),
        _ when name.StartsWith("icmp_drop_detector", StringComparison.Ordinal) => Texts(Reading.IcmpPath(log)),
        _ when name.StartsWith("tun_tx_to_kvm_irq", StringComparison.Ordinal) => Texts(name.Contains("json", StringComparison.Ordinal) ? Reading.TunIrqJson(log) : Reading.TunIrq(log)),
        _ when name.StartsWith("vhost_wakeup", StringComparison.Ordinal) => Texts(Reading.VhostWakeup(log)),
        _ when name.StartsWith("ping", StringComparison.Ordinal) => Texts(Reading.Ping(log), record => record.Loss == LossEvidence.None),
        _ when name.StartsWith("kvm_vhost_tun_latency_", StringComparison.Ordinal) => Texts(Reading.KvmTun(log)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no reader"),
    };

    private static (List<string> Records, LineTally Tally) Texts<TRecord>(Outcome<TRecord> outcome, Func<TRecord, bool>? isPrinted = null)
        where TRecord : struct => ([.. outcome.Records.Where(isPrinted ?? (_ => true)).Select(record => Fields<TRecord>.TextOf(record))], outcome.Tally);

    private static class Fields<TRecord>
        where TRecord : struct
    {
        private static readonly FieldInfo[] All = typeof(TRecord).GetFields(BindingFlags.Public | BindingFlags.Instance).Where(IsOwn).ToArray();

        /// <summary>Place and run are the file's; ping prints its addresses in the banner, so they are the run's.</summary>
        private static bool IsOwn(FieldInfo field) => field.Name switch
        {
            "Line" or "Run" => false,
            "Source" or "Destination" => typeof(TRecord) != typeof(PingRecord),
            _ => true,
        };

        public static string TextOf(object record) => string.Join(' ', All.Select(field => field.GetValue(record) switch
        {
            SampleFlags flags => $"{field.Name}={flags & ~Relational}",
            IFormattable value => $"{field.Name}={value.ToString(null, CultureInfo.InvariantCulture)}",
            var other => $"{field.Name}={other}",
        }));
    }
}
