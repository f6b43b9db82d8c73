using System.Globalization;
using System.Reflection;
using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Tests.Environments;

/// <summary>Everything that an environment answers, as text: equal lists are equal environments.</summary>
internal static class EnvironmentRows
{
    public static IReadOnlyList<string> Of(LatencyEnvironment environment)
    {
        var rows = new List<string> { Text(environment) };
        rows.AddRange(environment.Logs.Select(Text));
        foreach (BreakdownLevel level in Enum.GetValues<BreakdownLevel>())
        {
            foreach (LayerAttribution attribution in Enum.GetValues<LayerAttribution>())
            {
                rows.AddRange(Breakdown.Of(environment, level, attribution, detail: true).Select(Text));
            }
        }

        return rows;
    }

    /// <summary>Every property, internal ones too; a number to its last bit.</summary>
    private static string Text(object item) => string.Join('|', item.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        .Where(property => property.Name is not ("Logs" or "Store" or "Runs"))
        .Select(property => property.Name + "=" + Convert.ToString(property.GetValue(item), CultureInfo.InvariantCulture)));
}
