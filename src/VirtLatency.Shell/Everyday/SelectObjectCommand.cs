using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace VirtLatency.Shell.Everyday;

/// <summary>Select-Object: properties, and the first or last objects. -First ends the commands before it.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _last = [];
    private int _written;
    private int _skipped;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Properties, by name (wildcards) or script block.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>A property whose value is written instead.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>How many from the beginning.</summary>
    [Parameter]
    public int? First { get; set; }

    /// <summary>How many from the end.</summary>
    [Parameter]
    public int? Last { get; set; }

    /// <summary>How many to leave out at the beginning.</summary>
    [Parameter]
    public int Skip { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        bool mixed = Last is not null && (First is not null || Skip > 0);
        if (mixed || Property?.Any(item => item is System.Collections.IDictionary) == true)
        {
            ThrowTerminatingError(new ErrorRecord(
                new NotSupportedException("This shell's Select-Object knows -Last alone and properties by name or script block; the full one is in pwsh."),
                "SelectNotSupported",
                ErrorCategory.NotImplemented,
                null));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || _skipped++ < Skip)
        {
            return;
        }

        if (Last is { } count)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > count)
            {
                _last.Dequeue();
            }

            return;
        }

        if (First is not { } most)
        {
            Emit(InputObject);
            return;
        }

        if (_written++ < most)
        {
            Emit(InputObject);
        }

        if (_written >= most)
        {
            throw EngineInternals.StopUpstream(this);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (PSObject item in _last)
        {
            Emit(item);
        }
    }

    private void Emit(PSObject item)
    {
        if (ExpandProperty is not null)
        {
            WriteObject(item.Properties[ExpandProperty]?.Value, enumerateCollection: true);
        }
        else if (Property is null)
        {
            WriteObject(item);
        }
        else
        {
            WriteObject(Choose(item, Property));
        }
    }

    private static PSObject Choose(PSObject item, object[] properties)
    {
        var chosen = new PSObject();
        chosen.TypeNames.Insert(0, "Selected." + item.BaseObject.GetType().FullName);
        foreach (object property in properties)
        {
            PSPropertyExpression[] expressions = property is ScriptBlock script
                ? [new PSPropertyExpression(script)]
                : [.. new PSPropertyExpression(property.ToString()).ResolveNames(item)];
            foreach (PSPropertyExpression expression in expressions)
            {
                object? value = expression.GetValues(item).FirstOrDefault()?.Result;
                chosen.Properties.Add(new PSNoteProperty(expression.ToString(), value));
            }

            if (expressions.Length == 0)
            {
                chosen.Properties.Add(new PSNoteProperty(property.ToString(), null));
            }
        }

        return chosen;
    }
}
