using System.Globalization;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace VirtLatency.Shell.Everyday;

/// <summary>Sort-Object: by properties, stable.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Properties or script blocks, the first one first; none sorts by the objects themselves.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Largest first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _items.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PSPropertyExpression?[] keys = Property is null
            ? [null]
            : [.. Property.Select(key => key is ScriptBlock script ? new PSPropertyExpression(script) : new PSPropertyExpression(key.ToString()))];
        var comparer = Comparer<object?>.Create((one, other) => LanguagePrimitives.Compare(one, other, ignoreCase: true, CultureInfo.InvariantCulture));
        IOrderedEnumerable<PSObject>? sorted = null;
        foreach (PSPropertyExpression? key in keys)
        {
            object? Value(PSObject item) => key is null ? item.BaseObject : key.GetValues(item).FirstOrDefault()?.Result;
            sorted = (sorted, Descending.IsPresent) switch
            {
                (null, false) => _items.OrderBy(Value, comparer),
                (null, true) => _items.OrderByDescending(Value, comparer),
                (_, false) => sorted.ThenBy(Value, comparer),
                _ => sorted.ThenByDescending(Value, comparer),
            };
        }

        foreach (PSObject item in sorted!)
        {
            WriteObject(item);
        }
    }
}
