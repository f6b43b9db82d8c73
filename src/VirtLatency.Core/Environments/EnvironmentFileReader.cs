using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>Reads the archive of <see cref="EnvironmentFile"/>. Nothing that stands in it is believed before it was looked at.</summary>
internal sealed class EnvironmentFileReader : IDisposable
{
    /// <summary>A log with the most flows that a store can have needs 10 MB of it.</summary>
    private const int MaxDocumentBytes = 256 << 20;

    private const int PieceBytes = RecordBytes.Size * 2730;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private readonly ExpansionLimit _limit;
    private readonly CancellationToken _cancellation;
    private long _unpacked;

    private EnvironmentFileReader(string path, FileStream file, ZipArchive archive, LogReadOptions options)
    {
        _path = path;
        _file = file;
        _archive = archive;
        _limit = new ExpansionLimit(options.MaxExpandedBytes);
        _cancellation = options.Cancellation;
    }

    public static EnvironmentFileReader Open(string path, LogReadOptions options)
    {
        // A pipe has no length, and opening it could wait for ever.
        if (new FileInfo(path).Length == 0)
        {
            throw EnvironmentFileException.Damaged(path, "it is empty");
        }

        FileStream file = File.OpenRead(path);
        try
        {
            return new EnvironmentFileReader(path, file, new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true), options);
        }
        catch (Exception e) when (IsDamage(e))
        {
            file.Dispose();
            throw EnvironmentFileException.Damaged(path, "it is no whole zip archive, so its end is missing or changed", e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _archive.Dispose();
        _file.Dispose();
    }

    public IReadOnlyList<string> ReadNames() => Guarded<string>(() => [.. Document().Environments.Select(part => part.Name!)]);

    public IReadOnlyList<LatencyEnvironment> Read() => Guarded<LatencyEnvironment>(() =>
    {
        (string writer, IReadOnlyList<EnvironmentPart> parts) = Document();
        var samples = new EnvironmentFileSamples(_path, writer);
        return [.. parts.Select(part => EnvironmentOf(part, samples))];
    });

    /// <summary>What .NET's zip and JSON readers throw when bytes are not what they should be.</summary>
    private static bool IsDamage(Exception cause) =>
        cause is InvalidDataException or EndOfStreamException or JsonException or NotSupportedException or ArgumentException or OverflowException;

    private IReadOnlyList<T> Guarded<T>(Func<IReadOnlyList<T>> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw EnvironmentFileException.Damaged(_path, e.Message.TrimEnd('.'), e);
        }
    }

    private (string Writer, IReadOnlyList<EnvironmentPart> Environments) Document()
    {
        if (!_archive.Entries.Any(entry => entry.FullName == EnvironmentFile.DocumentEntry))
        {
            throw EnvironmentFileException.Foreign(_path, $"it has no {EnvironmentFile.DocumentEntry}");
        }

        var bytes = new ArrayBufferWriter<byte>();
        ReadEntry(EnvironmentFile.DocumentEntry, piece =>
        {
            if (bytes.WrittenCount > MaxDocumentBytes)
            {
                throw new EnvironmentFileException(EnvironmentFileProblem.ExpandsTooFar, FormattableString.Invariant($"'{_path}' is not read: its {EnvironmentFile.DocumentEntry} has more than {MaxDocumentBytes} bytes."));
            }

            bytes.Write(piece);
        });
        EnvironmentFileMark? mark = MarkOf(bytes.WrittenSpan);
        if (mark?.Format != EnvironmentFile.Format)
        {
            throw EnvironmentFileException.Foreign(_path, $"its {EnvironmentFile.DocumentEntry} is of another program");
        }

        string writer = mark.ModuleVersion ?? "(unknown)";
        if (mark.FormatVersion > EnvironmentFile.FormatVersion)
        {
            throw EnvironmentFileException.TooNew(_path, writer, FormattableString.Invariant($"format version {mark.FormatVersion}"));
        }

        EnvironmentFileDocument document = JsonSerializer.Deserialize<EnvironmentFileDocument>(bytes.WrittenSpan, EnvironmentFileDocument.Json)!;
        EnvironmentPart?[] parts = [.. document.Environments ?? []];
        if (document.FormatVersion < 1 || parts.Length == 0 || Array.Exists(parts, part => string.IsNullOrEmpty(part?.Name) || part.Logs is null))
        {
            throw EnvironmentFileException.Damaged(_path, $"{EnvironmentFile.DocumentEntry} lacks an environment, its name or its logs");
        }

        return (writer, parts!);
    }

    private static EnvironmentFileMark? MarkOf(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<EnvironmentFileMark>(json, EnvironmentFileDocument.Json);
        }
        catch (JsonException)
        {
            // Its check sum was right: whoever wrote it wrote something else.
            return null;
        }
    }

    private LatencyEnvironment EnvironmentOf(EnvironmentPart part, EnvironmentFileSamples samples) =>
        new(part.Name!, part.Path, [.. part.Logs!.Select(log => LogOf(log, samples))]) { Note = part.Note };

    private EnvironmentLog LogOf(LogPart? part, EnvironmentFileSamples samples)
    {
        if (part?.Samples?.Entry is not { } entry)
        {
            throw EnvironmentFileException.Damaged(_path, $"a log in {EnvironmentFile.DocumentEntry} has no samples");
        }

        LogTool tool = samples.ValueOf<LogTool>(part.Tool, "tool");
        LogRole? role = part.Role is null ? null : samples.ValueOf<LogRole>(part.Role, "role");
        samples.Begin(tool, part.Samples);
        ReadEntry(entry, samples.Add);
        return new EnvironmentLog
        {
            Role = part.Role,
            RoleValue = role,
            Tool = part.ToolName,
            ToolValue = tool,
            Version = part.Version,
            Confidence = part.Confidence,
            ProbeBoundary = part.ProbeBoundary,
            Run = part.Run,
            Cycle = part.Cycle,
            File = part.File,
            Reason = part.Reason,
            ParsedLineCount = part.ParsedLineCount,
            NoiseLineCount = part.NoiseLineCount,
            MalformedLineCount = part.MalformedLineCount,
            IsThresholdBiased = part.IsThresholdBiased,
            Caveat = part.Caveat,
            Origin = part.Origin ?? LogOrigin.Unknown,
            Store = samples.End(),
        };
    }

    /// <summary>Hands an entry's bytes on in pieces, all but the last of full length, and holds them against its check sum.</summary>
    private void ReadEntry(string name, ReadOnlySpanAction take)
    {
        ZipArchiveEntry[] found = [.. _archive.Entries.Where(entry => entry.FullName == name)];
        if (found.Length != 1)
        {
            throw EnvironmentFileException.Damaged(_path, FormattableString.Invariant($"it has {found.Length} entries '{name}' where 1 should be"));
        }

        using Stream stream = found[0].Open();
        byte[] piece = new byte[PieceBytes];
        uint crc = 0;
        int length;
        while ((length = stream.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false)) > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            _unpacked += length;
            if (_limit.PassedBy(_unpacked, _file.Length) is { } limit)
            {
                throw new EnvironmentFileException(EnvironmentFileProblem.ExpandsTooFar, $"'{_path}' unpacks to more than {limit}. If you trust it, raise -MaxExpandedBytes.");
            }

            crc = Crc32.Append(crc, piece.AsSpan(0, length));
            take(piece.AsSpan(0, length));
        }

        if (crc != found[0].Crc32)
        {
            throw EnvironmentFileException.Damaged(_path, $"the check sum of its entry '{name}' is wrong");
        }
    }

    private delegate void ReadOnlySpanAction(ReadOnlySpan<byte> piece);
}
