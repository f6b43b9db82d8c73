using System.Globalization;
using Microsoft.VisualBasic.FileIO;
using VirtLatency.Parsing;

namespace VirtLatency.Analysis.FixEffects;

/// <summary>
/// Reads runs of a workload from comma-separated text: a header with <c>run</c>, <c>condition</c>, if wanted <c>cycle</c>, and a
/// column per metric whose name ends with its unit (Us, Ms, S); then a line per run. A damaged line is told and left out.
/// </summary>
public sealed class WorkloadFile
{
    /// <summary>A line per run: more is no such file.</summary>
    private const long MaxBytes = 16 << 20;

    private const int MaxNameLength = 40;

    private static readonly (string Suffix, double UsPerUnit)[] Units = [("Us", 1), ("Ms", 1e3), ("S", 1e6)];

    private readonly string _path;
    private readonly Action<ParseIssue> _report;
    private readonly List<WorkloadRun> _runs = [];
    private readonly List<long> _leftOut = [];
    private readonly Dictionary<(WorkloadCondition, string), long> _seen = [];
    private readonly List<(int Column, WorkloadMetric Metric)> _metrics = [];
    private readonly Dictionary<string, int> _keys = new(StringComparer.OrdinalIgnoreCase);
    private long _headerLine;
    private int _columnCount;

    private WorkloadFile(string path, Action<ParseIssue> report) => (_path, _report) = (path, report);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="report">Gets each damaged line.</param>
    /// <returns>The runs of the lines that are whole.</returns>
    /// <exception cref="WorkloadException">There is no usable header, or nothing below it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static WorkloadTable Read(string path, Action<ParseIssue> report)
    {
        ArgumentNullException.ThrowIfNull(report);

        // A pipe has no length either, and opening it could wait for ever.
        if (new FileInfo(path).Length is 0 or > MaxBytes)
        {
            throw new WorkloadException(path, 1, "it is empty or larger than 16 MiB. A header and a line per run are expected");
        }

        return new WorkloadFile(path, report).Read(File.ReadLines(path));
    }

    private WorkloadTable Read(IEnumerable<string> lines)
    {
        long number = 0;
        foreach (string line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (_columnCount == 0)
            {
                Header(line, number);
                _headerLine = number;
            }
            else if (ProblemOf(line, number) is { } problem)
            {
                _leftOut.Add(number);
                _report(new ParseIssue(number, problem));
            }
        }

        return _columnCount == 0
            ? throw new WorkloadException(_path, number, "it has no header. The first line is 'run,condition' and a metric such as 'loginMs'")
            : number == _headerLine
                ? throw new WorkloadException(_path, number, "there is nothing below its header. A line per run is expected")
                : new WorkloadTable([.. _metrics.Select(metric => metric.Metric)], _runs) { LeftOutLines = _leftOut };
    }

    private void Header(string line, long number)
    {
        string[] columns = FieldsOf(line) ?? throw Invalid("its quotes do not match");
        for (int i = 0; i < columns.Length; i++)
        {
            string column = columns[i].Trim();
            if (column.ToUpperInvariant() is "RUN" or "CONDITION" or "CYCLE")
            {
                if (!_keys.TryAdd(column, i))
                {
                    throw Invalid($"the column '{column}' is there twice");
                }

                continue;
            }

            WorkloadMetric metric = MetricOf(column) ?? throw Invalid($"'{column}' is neither run, condition nor cycle, nor a metric: letters, digits, blanks or _ . -, ending with its unit Us, Ms or S");
            if (_metrics.Exists(other => other.Metric.Name == metric.Name))
            {
                throw Invalid($"the metric '{metric.Name}' is there twice");
            }

            _metrics.Add((i, metric));
        }

        if (!_keys.ContainsKey("run") || !_keys.ContainsKey("condition") || _metrics.Count == 0)
        {
            throw Invalid("the columns run and condition and at least one metric, such as loginMs, are expected");
        }

        _columnCount = columns.Length;

        WorkloadException Invalid(string what) => new(_path, number, what);
    }

    /// <summary>A name begins with a letter: a table that people open in a spreadsheet must hold no formula.</summary>
    private static WorkloadMetric? MetricOf(string column)
    {
        foreach ((string suffix, double usPerUnit) in Units)
        {
            string name = column.EndsWith(suffix, StringComparison.Ordinal) ? column[..^suffix.Length].TrimEnd(' ', '_', '-', '.') : string.Empty;
            if (IsTime(column, suffix, name) && name.Length is > 0 and <= MaxNameLength && char.IsLetter(name[0]) && name.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '_' or '-' or '.'))
            {
                return new WorkloadMetric(name, column, usPerUnit);
            }
        }

        return null;
    }

    /// <summary>A rate is no time: neither requestsPerS nor IOPS, whose S is no unit of its own.</summary>
    private static bool IsTime(string column, string suffix, string name) =>
        !name.EndsWith("per", StringComparison.OrdinalIgnoreCase) && (suffix.Length > 1 || name.Length == 0 || !char.IsUpper(column[^2]));

    /// <summary>Takes a line; what is wrong with it, in words, or null.</summary>
    private string? ProblemOf(string line, long number)
    {
        if (FieldsOf(line) is not { } fields)
        {
            return "the line's quotes do not match";
        }

        if (fields.Length != _columnCount)
        {
            return FormattableString.Invariant($"{fields.Length} fields where the header has {_columnCount}");
        }

        string name = fields[_keys["run"]].Trim();
        string text = fields[_keys["condition"]].Trim();
        if (name.Length == 0)
        {
            return "the run has no name";
        }

        if (ConditionOf(text) is not { } condition)
        {
            return $"the condition is '{text}', where before, after or baseline is expected";
        }

        if (!IsCycle(fields, out int? cycle))
        {
            return $"the cycle is '{fields[_keys["cycle"]].Trim()}', where a whole number or nothing is expected";
        }

        return ValuesOf(fields, out double?[] values) is { } problem ? problem : Add(new WorkloadRun(name, condition, cycle, values), number);
    }

    private string? Add(WorkloadRun run, long number)
    {
        if (!_seen.TryAdd((run.Condition, run.Run), number))
        {
            return FormattableString.Invariant($"the run '{run.Run}' of {run.Condition.ToString().ToLowerInvariant()} was given in line {_seen[(run.Condition, run.Run)]} already: a run has one line");
        }

        _runs.Add(run);
        return null;
    }

    private static WorkloadCondition? ConditionOf(string text) =>
        Enum.GetValues<WorkloadCondition>().Where(condition => condition.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)).Select(condition => (WorkloadCondition?)condition).FirstOrDefault();

    private bool IsCycle(string[] fields, out int? cycle)
    {
        cycle = null;
        string text = _keys.TryGetValue("cycle", out int column) ? fields[column].Trim() : string.Empty;
        if (text.Length > 0 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            cycle = number;
        }

        return text.Length == 0 || cycle is not null;
    }

    private string? ValuesOf(string[] fields, out double?[] values)
    {
        values = new double?[_metrics.Count];
        for (int i = 0; i < values.Length; i++)
        {
            (int column, WorkloadMetric metric) = _metrics[i];
            string text = fields[column].Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (!double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value * metric.UsPerUnit))
            {
                return $"{metric.Column} is '{text}', where a number that is not negative is expected, with a point and no thousands";
            }

            values[i] = value * metric.UsPerUnit;
        }

        return Array.TrueForAll(values, value => value is null) ? "the run has no value" : null;
    }

    /// <summary>The fields of one line; null where its quotes do not match.</summary>
    private static string[]? FieldsOf(string line)
    {
        using var parser = new TextFieldParser(new StringReader(line)) { HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = true };
        parser.SetDelimiters(",");
        try
        {
            return parser.ReadFields() ?? [];
        }
        catch (MalformedLineException)
        {
            return null;
        }
    }
}
