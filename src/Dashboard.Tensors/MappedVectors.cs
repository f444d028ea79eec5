using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Dashboard.Analysis;

namespace Dashboard.Tensors;

/// <summary>A tensor within a file as vectors: mapped, never copied as a whole, its elements turned into float32 as they are read.</summary>
public sealed unsafe class MappedVectors : IVectorRows, IDisposable
{
    // A span of bytes ends at two gigabytes, and a table need not.
    private const int Piece = 1 << 24;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly TensorType _type;
    private readonly int _size;
    private readonly byte* _start;

    private MappedVectors(MemoryMappedFile file, MemoryMappedViewAccessor view, TensorEntry entry, int rows, int columns)
    {
        (_file, _view, _type, _size, Rows, Columns) = (file, view, entry.Type, TensorData.SizeOf(entry.Type), rows, columns);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        // The view begins where a page does.
        _start += view.PointerOffset;
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>Rows and columns that a shape has as vectors: the first dimension, and the product of the others.</summary>
    /// <exception cref="TensorFileException">No dimension, no rows, or more than an index counts.</exception>
    public static (int Rows, int Columns) Layout(IReadOnlyList<long> shape, string name)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Count == 0) throw new TensorFileException($"'{name}' is a single number; vectors need rows.");
        var columns = shape.Skip(1).Aggregate(1L, (product, size) => product > int.MaxValue ? product : product * size);
        if (shape[0] == 0 || columns == 0) throw new TensorFileException($"'{name}' has the shape [{string.Join(", ", shape)}]: there is nothing in it.");
        return shape[0] <= int.MaxValue && columns <= int.MaxValue ? ((int)shape[0], (int)columns)
            : throw new TensorFileException($"'{name}' has the shape [{string.Join(", ", shape)}], which is more than can be taken in: {int.MaxValue} rows of {int.MaxValue} numbers.");
    }

    /// <summary>Maps a tensor.</summary>
    /// <param name="path">The file.</param>
    /// <param name="entry">Where it is in the file, as checked by whoever read the header.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <exception cref="TensorFileException">The file is gone or shorter, or the shape has no rows.</exception>
    public static MappedVectors Open(string path, TensorEntry entry, string name)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (rows, columns) = Layout(entry.Shape, name);
        MemoryMappedFile? file = null;
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            if (entry.Offset + entry.Length > stream.Length)
            {
                stream.Dispose();
                throw new TensorFileException($"The file ends before '{name}' does.");
            }
            file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return new MappedVectors(file, file.CreateViewAccessor(entry.Offset, entry.Length, MemoryMappedFileAccess.Read), entry, rows, columns);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new TensorFileException($"The file cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Read(int first, Span<float> destination)
    {
        if (first < 0 || (long)first * Columns + destination.Length > (long)Rows * Columns) throw new ArgumentOutOfRangeException(nameof(first), "The rows lie outside the tensor.");
        var place = _start + (long)first * Columns * _size;
        while (!destination.IsEmpty)
        {
            var part = destination[..Math.Min(Piece, destination.Length)];
            Read(new ReadOnlySpan<byte>(place, part.Length * _size), part);
            place += (long)part.Length * _size;
            destination = destination[part.Length..];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private void Read(ReadOnlySpan<byte> source, Span<float> destination)
    {
        switch (_type)
        {
            case TensorType.Float32:
                MemoryMarshal.Cast<byte, float>(source).CopyTo(destination);
                break;
            case TensorType.Float64:
                Convert<double>(source, destination, static value => (float)value);
                break;
            case TensorType.Float16:
                Convert<Half>(source, destination, static value => (float)value);
                break;
            case TensorType.BFloat16:
                Convert<ushort>(source, destination, static value => BitConverter.UInt32BitsToSingle((uint)value << 16));
                break;
            case TensorType.Int64:
                Convert<long>(source, destination, static value => value);
                break;
            case TensorType.Int32:
                Convert<int>(source, destination, static value => value);
                break;
            case TensorType.Int16:
                Convert<short>(source, destination, static value => value);
                break;
            case TensorType.Int8:
                Convert<sbyte>(source, destination, static value => value);
                break;
            default:
                Convert<byte>(source, destination, static value => value);
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> source, Span<float> destination, Func<T, float> convert)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(source);
        for (var i = 0; i < values.Length; i++) destination[i] = convert(values[i]);
    }
}
