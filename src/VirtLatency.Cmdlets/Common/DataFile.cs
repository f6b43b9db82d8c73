using System.Management.Automation.Language;
using VirtLatency.Environments;

namespace VirtLatency.Common;

/// <summary>
/// The values of a PowerShell data file, taken from its syntax tree: texts, numbers, @{ } and @( ). Nothing is evaluated,
/// so nothing in it can run; whatever is no plain value is an error with its line.
/// </summary>
internal static class DataFile
{
    /// <summary>A manifest has four levels. The engine's parser has no bound of its own.</summary>
    private const int MaxDepth = 32;

    public static ManifestNode Parse(string text)
    {
        RefuseOtherBeginnings(text);
        RefuseConfiguration(text);
        RefuseDepth(text);
        ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);
        if (errors.Length > 0)
        {
            throw new ManifestFormatException(errors[0].Extent.StartLineNumber, errors[0].Message.TrimEnd('.'));
        }

        bool isBare = script.ParamBlock is null && script.BeginBlock is null && script.ProcessBlock is null && script.DynamicParamBlock is null && script.EndBlock is { Traps: null or { Count: 0 } };
        return isBare && script.EndBlock.Statements is [var only]
            ? Value(ExpressionOf(only))
            : throw new ManifestFormatException(1, "one table @{ } is expected, and nothing beside it");
    }

    /// <summary>Only comments may stand before the table: <c>using</c> has effects while it is parsed.</summary>
    private static void RefuseOtherBeginnings(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart();
        while (rest is ['#', ..] or ['<', '#', ..])
        {
            string end = rest[0] == '#' ? "\n" : "#>";
            int length = rest.IndexOf(end, StringComparison.Ordinal);
            rest = length < 0 ? [] : rest[(length + end.Length)..].TrimStart();
        }

        if (rest is not ['@', '{', ..])
        {
            int line = text.AsSpan(0, text.Length - rest.Length).Count('\n') + 1;
            throw new ManifestFormatException(line, "a manifest begins with @{");
        }
    }

    /// <summary>For the keyword <c>configuration</c> the parser itself loads modules. Whether it stands in a text is not asked: a manifest can do without.</summary>
    private static void RefuseConfiguration(string text)
    {
        int at = text.IndexOf("configuration", StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            throw new ManifestFormatException(text.AsSpan(0, at).Count('\n') + 1, "the word 'configuration' may not stand in a .psd1 manifest, for PowerShell loads modules where it meets it. Use another word, or environment.json");
        }
    }

    /// <summary>Counts brackets as if all were open at once, which a manifest with its few tables never comes near.</summary>
    private static void RefuseDepth(string text)
    {
        int depth = 0;
        int line = 1;
        foreach (char character in text)
        {
            line += character == '\n' ? 1 : 0;
            depth += character is '(' or '{' or '[' ? 1 : character is ')' or '}' or ']' ? -1 : 0;
            if (depth > MaxDepth)
            {
                throw new ManifestFormatException(line, "brackets are nested too deep for a manifest");
            }
        }
    }

    private static ManifestNode Value(ExpressionAst expression)
    {
        int line = expression.Extent.StartLineNumber;
        return expression switch
        {
            StringConstantExpressionAst { StringConstantType: not StringConstantType.BareWord } text => new ManifestNode(line) { Text = text.Value },
            ConstantExpressionAst number and not StringConstantExpressionAst => new ManifestNode(line) { Text = number.Extent.Text },
            HashtableAst table => new ManifestNode(line) { Entries = [.. table.KeyValuePairs.Select(Entry)] },
            ArrayLiteralAst items => new ManifestNode(line) { Items = [.. items.Elements.Select(Value)] },
            ArrayExpressionAst list => new ManifestNode(line) { Items = [.. list.SubExpression.Statements.Select(ExpressionOf).SelectMany(Flat)] },
            _ => throw Refused(expression),
        };
    }

    private static IEnumerable<ManifestNode> Flat(ExpressionAst expression) =>
        expression is ArrayLiteralAst items ? items.Elements.Select(Value) : [Value(expression)];

    private static (string Key, int Line, ManifestNode Value) Entry(Tuple<ExpressionAst, StatementAst> pair) =>
        pair.Item1 is StringConstantExpressionAst key
            ? (key.Value, key.Extent.StartLineNumber, Value(ExpressionOf(pair.Item2)))
            : throw Refused(pair.Item1);

    private static ExpressionAst ExpressionOf(StatementAst statement) =>
        statement is PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } only] } ? only.Expression : throw Refused(statement);

    private static ManifestFormatException Refused(Ast ast)
    {
        string text = ast.Extent.Text.Split('\n')[0];
        return new ManifestFormatException(ast.Extent.StartLineNumber, $"'{text}' is no plain value. Only quoted texts, numbers, @{{ }} and @( ) may stand in a manifest; nothing in it is run");
    }
}
