using System.Text;
using System.Text.Json;

namespace VirtLatency.Environments;

/// <summary>The values of a JSON manifest with their lines. Comments and trailing commas may stand in it.</summary>
internal static class JsonManifest
{
    private const int MaxDepth = 8;

    public static ManifestNode Parse(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth };
        var reader = new Utf8JsonReader(bytes, options);
        try
        {
            reader.Read();
            ManifestNode root = Value(ref reader, bytes);
            reader.Read();
            return root;
        }
        catch (InvalidOperationException)
        {
            throw new ManifestFormatException(LineOf(in reader, bytes), "a text has an escape that is half of a character");
        }
        catch (JsonException e)
        {
            throw new ManifestFormatException((int)(e.LineNumber ?? 0) + 1, "it is no JSON: " + e.Message.Split(" LineNumber:")[0].TrimEnd('.'));
        }
    }

    private static ManifestNode Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        int line = LineOf(in reader, text);
        return reader.TokenType switch
        {
            JsonTokenType.String => new ManifestNode(line) { Text = reader.GetString() },
            JsonTokenType.Number => new ManifestNode(line) { Text = Encoding.UTF8.GetString(reader.ValueSpan) },
            JsonTokenType.StartObject => new ManifestNode(line) { Entries = Entries(ref reader, text) },
            JsonTokenType.StartArray => new ManifestNode(line) { Items = Items(ref reader, text) },
            _ => throw new ManifestFormatException(line, $"a text is expected, not {Encoding.UTF8.GetString(reader.ValueSpan)}"),
        };
    }

    private static List<(string Key, int Line, ManifestNode Value)> Entries(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var entries = new List<(string, int, ManifestNode)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            int line = LineOf(in reader, text);
            reader.Read();
            entries.Add((key, line, Value(ref reader, text)));
        }

        return entries;
    }

    private static List<ManifestNode> Items(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var items = new List<ManifestNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, text));
        }

        return items;
    }

    private static int LineOf(in Utf8JsonReader reader, ReadOnlySpan<byte> text) => text[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
}
