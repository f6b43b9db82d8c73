using System.Management.Automation;

namespace VirtLatency.Common;

/// <summary>Wants a time of a second at least: a bare number is taken as ticks of 100 ns, which no one means.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeFromNowAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan time && time < TimeSpan.FromSeconds(1))
        {
            throw new ValidationMetadataException($"'{time:c}' is no time to wait: it must be a second at least. Write it as hours, minutes and seconds, such as 00:30:00.");
        }
    }
}
