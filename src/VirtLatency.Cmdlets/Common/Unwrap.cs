using System.Management.Automation;
using VirtLatency.Model;

namespace VirtLatency.Common;

/// <summary>What lies under PowerShell's wrapper of an object.</summary>
internal static class Unwrap
{
    public static object? BaseObject(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    public static bool IsDeserializedEnvironment(object item) =>
        item is PSObject wrapped && wrapped.TypeNames.Contains("Deserialized." + typeof(LatencyEnvironment).FullName);
}
