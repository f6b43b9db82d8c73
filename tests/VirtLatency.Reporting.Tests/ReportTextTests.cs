using System.Globalization;
using System.Text.RegularExpressions;
using VirtLatency.Report;

namespace VirtLatency.Tests.Reporting;

/// <summary>Both languages say the same things.</summary>
public sealed partial class ReportTextTests
{
    [Fact]
    public void Both_languages_have_the_same_keys_and_places()
    {
        Assert.Equal(ReportText.English.Keys.Order(StringComparer.Ordinal), ReportText.Chinese.Keys.Order(StringComparer.Ordinal));
        Assert.All(ReportText.English.Keys, key => Assert.Equal(PlacesOf(ReportText.English[key]), PlacesOf(ReportText.Chinese[key])));
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN")]
    [InlineData("zh-TW", "zh-CN")]
    [InlineData("de-DE", "en")]
    [InlineData("en-US", "en")]
    [InlineData("", "en")]
    public void A_culture_gets_the_nearest_language(string culture, string language) => Assert.Equal(language, ReportText.Of(CultureInfo.GetCultureInfo(culture)).Language);

    [Fact]
    public void Numbers_have_a_point_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Assert.Equal("+76.4", NumberText.Of(new NumberCell(76.41, ReportUnit.Microseconds) { IsSigned = true }));
            Assert.Equal("[-0.5, +1.5]", NumberText.Interval(new NumberCell(0.5, ReportUnit.Microseconds) { Low = -0.5, High = 1.5, IsSigned = true }));
            Assert.Equal("2.65x", NumberText.Of(new NumberCell(2.6488, ReportUnit.Ratio)));
            Assert.Equal("43.8 %", NumberText.Of(new NumberCell(43.76, ReportUnit.Percent)));
            Assert.Equal("100000", NumberText.Of(new NumberCell(100_000, ReportUnit.Count)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("The round trip is 373.9 us longer in zbs than in smtx", "zbs \u7684 RTT \u6bd4 smtx \u957f 373.9 us")]
    [InlineData("kernels of SenderHost: 4.19 against 5.10", "\u53d1\u9001\u65b9\u5bbf\u4e3b\u673a \u7684\u5185\u6838\uff1a4.19 \u5bf9 5.10")]
    [InlineData("Certain: it is a count.", "\u786e\u5b9a\uff1a\u8fd9\u662f\u8ba1\u6570\u3002")]
    [InlineData("a: enters no sum; what nobody knows", "a\uff1a\u4e0d\u53c2\u4e0e\u6c42\u548c\uff1bwhat nobody knows")]
    [InlineData("The idle states of a, b and c are configured differently", "a\u3001b\u3001c \u7684 C-state \u914d\u7f6e\u4e0d\u540c")]
    [InlineData("x alone exceeds it by 4.90 us; E 1 (n 2) = 5.0 us in a VirtSender of 3.0 us (n 4): 2.0 us too much [1.0, 3.0]", "\u4ec5 x \u5c31\u8d85\u51fa 4.90 us\uff1bE 1 (n 2) = 5.0 us\uff0c\u800c VirtSender \u4e3a 3.0 us (n 4)\uff1a\u591a\u51fa 2.0 us [1.0, 3.0]")]
    [InlineData("Failed checks put L S1->S2 in doubt: L within VirtSender in smtx, L + B_1 within VirtSender in zbs; E S1->S2 is in none of them and carries the finding.", "\u4e0d\u6210\u7acb\u7684\u6821\u9a8c\u4f7f L S1->S2 \u5b58\u7591\uff1asmtx \u7684 L \u2264 VirtSender\u3001zbs \u7684 L + B_1 \u2264 VirtSender\uff1bE S1->S2 \u4e0d\u5728\u5176\u4e2d\uff0c\u652f\u6301\u8be5\u53d1\u73b0\u3002")]
    [InlineData("Low: 3/3 runs, adjusted p < 0.001; by ranks the least possible p is 0.1. It would be Moderate, but a check failed.", "\u4f4e\uff1a3/3 \u6b21\u8fd0\u884c\uff0c\u6821\u6b63\u540e p < 0.001\uff1b\u6309\u79e9\u68c0\u9a8c\u53ef\u80fd\u7684\u6700\u5c0f p \u4e3a 0.1\u3002\u539f\u4e3a\u4e2d\u7b49\uff0c\u4f46\u6709\u4e00\u9879\u6821\u9a8c\u4e0d\u6210\u7acb\u3002")]
    [InlineData("what nobody knows", "what nobody knows")]
    [InlineData("", "")]
    public void Phrases_are_translated_and_the_unknown_stays(string english, string chinese)
    {
        Assert.Equal(chinese, ReportText.Chinese.Phrase(english));
        Assert.Equal(english, ReportText.English.Phrase(english));
    }

    /// <summary>Names, functions, units and commands are the same in both languages; sentences are not.</summary>
    [Fact]
    public void The_reference_report_in_Chinese_has_no_English_sentence_left()
    {
        IEnumerable<string> texts = ReportModelTests.AllText(Reports.Chinese)
            .Where(text => !Reports.Chinese.Findings.SelectMany(finding => finding.NextStep).Contains(text))
            .Concat(Reports.Chinese.Findings.SelectMany(finding => finding.NextStep).Where(line => line.StartsWith('#')))
            .Select(text => text.Split("\uff1b\u4e0b\u4e00\u6b65\uff1a")[0]);

        Assert.Equal([], texts.Where(text => English().IsMatch(text)).Distinct());
    }

    private static string[] PlacesOf(string text) => [.. Place().Matches(text).Select(match => match.Value[..2]).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{[0-9]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    /// <summary>Words that only a sentence has.</summary>
    [GeneratedRegex(@"\b(?:the|is|are|of|not|and|that|than|has|with|for|against|which|by|no)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex English();
}
