using System.IO.Compression;
using System.Text.Json;
using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>Writes the archive of <see cref="EnvironmentFile"/>.</summary>
internal static class EnvironmentFileWriter
{
    private const int RecordsPerPiece = 64 * 1024 / RecordBytes.Size;

    /// <summary>Zip has no date before this one. A real one would make two exports of the same thing differ.</summary>
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream stream, IReadOnlyList<LatencyEnvironment> environments, CancellationToken cancellation)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var stores = new List<(string Entry, SampleStore Store)>();
        var document = new EnvironmentFileDocument
        {
            Format = EnvironmentFile.Format,
            FormatVersion = EnvironmentFile.FormatVersion,
            ModuleVersion = EnvironmentFile.ModuleVersion,
            Environments = [.. environments.Select(environment => PartOf(environment, stores))],
        };
        using (Stream entry = Open(archive, EnvironmentFile.DocumentEntry))
        {
            JsonSerializer.Serialize(entry, document, EnvironmentFileDocument.Json);
        }

        foreach ((string name, SampleStore store) in stores)
        {
            using Stream entry = Open(archive, name);
            Write(entry, store.Records, cancellation);
        }
    }

    private static Stream Open(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = FixedTime;
        return entry.Open();
    }

    private static void Write(Stream stream, ReadOnlySpan<SampleRecord> records, CancellationToken cancellation)
    {
        byte[] piece = new byte[RecordsPerPiece * RecordBytes.Size];
        for (int start = 0; start < records.Length; start += RecordsPerPiece)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(RecordsPerPiece, records.Length - start);
            for (int i = 0; i < count; i++)
            {
                RecordBytes.Write(in records[start + i], piece.AsSpan(i * RecordBytes.Size));
            }

            stream.Write(piece, 0, count * RecordBytes.Size);
        }
    }

    private static EnvironmentPart PartOf(LatencyEnvironment environment, List<(string Entry, SampleStore Store)> stores) => new()
    {
        Name = environment.Name,
        Path = environment.Path,
        Note = environment.Note,
        Logs = [.. environment.Logs.Select(log => PartOf(log, stores))],
    };

    private static LogPart PartOf(EnvironmentLog log, List<(string Entry, SampleStore Store)> stores)
    {
        stores.Add((FormattableString.Invariant($"samples/{stores.Count + 1}.bin"), log.Store));
        return new LogPart
        {
            Role = log.RoleValue?.ToString(),
            Tool = log.ToolValue.ToString(),
            ToolName = log.Tool,
            Version = log.Version,
            Confidence = log.Confidence,
            ProbeBoundary = log.ProbeBoundary,
            Run = log.Run,
            Cycle = log.Cycle,
            File = log.File,
            Reason = log.Reason,
            ParsedLineCount = log.ParsedLineCount,
            NoiseLineCount = log.NoiseLineCount,
            MalformedLineCount = log.MalformedLineCount,
            IsThresholdBiased = log.IsThresholdBiased,
            Caveat = log.Caveat,
            Origin = log.Origin,
            Samples = PartOf(log.Store, stores[^1].Entry),
        };
    }

    private static StorePart PartOf(SampleStore store, string entry)
    {
        SampleStoreState state = store.Capture();
        return new StorePart
        {
            Entry = entry,
            RecordCount = store.Records.Length,
            MaxSampleCount = state.MaxSampleCount,
            SampleCount = state.SampleCount,
            ExcludedCount = state.FlaggedCount,
            LostCount = state.LostCount,
            DuplicateCount = state.DuplicateCount,
            IsClamped = state.IsClamped,
            TickNanoseconds = store.Schema.TickNanoseconds,
            Flows = state.Flows,
            Columns = [.. store.Schema.Columns.Select((column, i) => new ColumnPart { Name = column.ToString(), All = state.All[i], Complete = state.Complete[i] })],
            Means = state.Means.Count == 0 ? null : state.Means,
            IsEstimate = state.IsEstimate,
        };
    }
}
