using System.Globalization;
using System.Text.Json;

namespace VirtLatency.Report;

/// <summary>
/// What a report says in one language. Texts are resources of this assembly, a file per language, by key. What analysis
/// says in English sentences (findings, notes) is translated phrase by phrase; a phrase that the language does not have
/// stays English.
/// </summary>
public sealed class ReportText
{
    private static readonly Lazy<ReportText> LazyEnglish = new(() => new ReportText("en"));
    private static readonly Lazy<ReportText> LazyChinese = new(() => new ReportText("zh-CN"));

    private readonly Dictionary<string, string> _texts;
    private readonly PhraseBook _phrases;

    private ReportText(string language)
    {
        Language = language;
        _texts = Read<Dictionary<string, string>>($"{language}.json") ?? throw new InvalidDataException($"The texts of {language} are missing.");
        _phrases = new PhraseBook(Read<Dictionary<string, string>>($"phrases.{language}.json") ?? []);
    }

    /// <summary>English.</summary>
    public static ReportText English => LazyEnglish.Value;

    /// <summary>Chinese, simplified.</summary>
    public static ReportText Chinese => LazyChinese.Value;

    /// <summary>The language's tag: en or zh-CN.</summary>
    public string Language { get; }

    /// <summary>The keys that the language has, for tests.</summary>
    internal IEnumerable<string> Keys => _texts.Keys;

    /// <summary>A text.</summary>
    /// <param name="key">Its key.</param>
    public string this[string key] => _texts[key];

    /// <summary>The language nearest to a culture: Chinese for any Chinese, else English.</summary>
    /// <param name="culture">The culture.</param>
    /// <returns>The texts.</returns>
    public static ReportText Of(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "zh" ? Chinese : English;
    }

    /// <summary>A text with its places filled in; numbers are written as in every language of the report, with a point.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="values">What goes into {0}, {1} ...</param>
    /// <returns>The text.</returns>
    public string Format(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, _texts[key], values);

    /// <summary>The text of a key, or something else where the language has no such key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="other">What to say without it.</param>
    /// <returns>The text.</returns>
    public string Or(string key, string other) => _texts.GetValueOrDefault(key, other);

    /// <summary>What analysis says, in this language as far as its phrases are known.</summary>
    /// <param name="english">Sentences, or clauses divided by "; ".</param>
    /// <returns>The text.</returns>
    public string Phrase(string? english) => string.IsNullOrEmpty(english) ? string.Empty : _phrases.Translate(english);

    private static T? Read<T>(string name)
    {
        using Stream? stream = typeof(ReportText).Assembly.GetManifestResourceStream("VirtLatency.Report." + name);
        return stream is null ? default : JsonSerializer.Deserialize<T>(stream);
    }
}
