using System.Globalization;
using System.Management.Automation;

namespace VirtLatency.Shell.Everyday;

/// <summary>Measure-Object over numbers. As the official one it passes over objects without the property.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
[OutputType(typeof(GenericMeasureInfo))]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly Dictionary<string, List<double>> _values = new(StringComparer.OrdinalIgnoreCase);
    private int _count;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Numeric properties; none measures the objects themselves.</summary>
    [Parameter(Position = 0)]
    public string[]? Property { get; set; }

    /// <summary>Adds up.</summary>
    [Parameter]
    public SwitchParameter Sum { get; set; }

    /// <summary>Arithmetic mean.</summary>
    [Parameter]
    public SwitchParameter Average { get; set; }

    /// <summary>Largest.</summary>
    [Parameter]
    public SwitchParameter Maximum { get; set; }

    /// <summary>Smallest.</summary>
    [Parameter]
    public SwitchParameter Minimum { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        _count++;
        foreach (string name in Property ?? [])
        {
            Add(name, InputObject.Properties[name]?.Value);
        }

        if (Property is null && (Sum || Average || Maximum || Minimum))
        {
            Add(string.Empty, InputObject.BaseObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_values.Count == 0)
        {
            WriteObject(new GenericMeasureInfo { Count = Property is null ? _count : 0, Property = Property?[0] });
        }

        foreach ((string name, List<double> values) in _values)
        {
            WriteObject(new GenericMeasureInfo
            {
                Count = values.Count,
                Average = Average ? values.Average() : null,
                Sum = Sum ? values.Sum() : null,
                Maximum = Maximum ? values.Max() : null,
                Minimum = Minimum ? values.Min() : null,
                Property = name.Length == 0 ? null : name,
            });
        }
    }

    private void Add(string name, object? value)
    {
        if (value is null)
        {
            return;
        }

        if (!_values.TryGetValue(name, out List<double>? values))
        {
            _values.Add(name, values = []);
        }

        values.Add((double)LanguagePrimitives.ConvertTo(value, typeof(double), CultureInfo.InvariantCulture));
    }
}
