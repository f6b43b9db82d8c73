using System.Collections;
using System.Globalization;
using System.Management.Automation;
using VirtLatency.CpuIdle;

namespace VirtLatency.Common;

/// <summary>Lets a parameter of CPU numbers take the kernel's ranges, as in <c>-Cpu 0-3,8</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CpuListAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = Unwrap.BaseObject(inputData);
        IEnumerable<object?> parts = input is IEnumerable list and not string ? list.Cast<object?>() : [input];
        var numbers = new SortedSet<int>();
        foreach (object? part in parts)
        {
            string text = Convert.ToString(Unwrap.BaseObject(part), CultureInfo.InvariantCulture) ?? string.Empty;
            if (!CpuRange.TryParse(text, out IReadOnlyList<int> cpus) || cpus.Count == 0)
            {
                throw new ArgumentTransformationMetadataException($"'{text}' is no list of CPUs. Give numbers and ranges, such as 0-3,8.");
            }

            numbers.UnionWith(cpus);
        }

        return numbers.ToArray();
    }
}
