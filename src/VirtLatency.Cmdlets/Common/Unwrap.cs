using System.Management.Automation;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>What lies under PowerShell's wrapper of an object.</summary>
internal static class Unwrap
{
    public static object? BaseObject(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    private static bool IsDeserializedEnvironment(object item) =>
        item is PSObject wrapped && wrapped.TypeNames.Contains("Deserialized." + typeof(LatencyEnvironment).FullName);

    private static bool IsDeserializedSample(object item) =>
        item is PSObject wrapped && wrapped.TypeNames.Any(name => name.StartsWith("Deserialized.VirtLatency.", StringComparison.Ordinal));

    /// <summary>The error for an object that no analysis takes.</summary>
    public static ErrorRecord Refuse(object item, string wanted)
    {
        if (IsDeserializedEnvironment(item))
        {
            return ErrorFactory.EnvironmentDeserialized(item);
        }

        return IsDeserializedSample(item) ? ErrorFactory.SampleDeserialized((PSObject)item) : ErrorFactory.InputNotLatencyData(BaseObject(item), wanted);
    }
}
