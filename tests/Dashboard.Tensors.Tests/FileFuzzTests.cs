using System.Text;
using Dashboard.Fuzzing;

namespace Dashboard.Tensors.Tests;

/// <summary>Files that people upload, read by the server itself.</summary>
public sealed class FileFuzzTests : IDisposable
{
    private static readonly Type[] Declared = [typeof(TensorFileException)];
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"lossboard-fuzz-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    private static byte[][] Words(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public void Safetensors_OfAnyBytes_AreReadOrRefused()
    {
        byte[][] corpus =
        [
            [.. SafetensorsHeader.Make([("a", TensorType.Float32, [2L, 3]), ("b", TensorType.Float64, [4L])], new Dictionary<string, string> { ["lossboard.metadata"] = "m.tsv" }), .. new byte[56]],
            [.. SafetensorsHeader.Make([("\"名\"", TensorType.Float32, [0L])])],
            [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8],
        ];
        var words = Words("\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"F32\"", "\"F64\"", "\"BOOL\"", "\"F8_E5M2\"", "\"__metadata__\"", "[0,24]", "[2,3]", "[]", "{", "}", "[", "]", ",", ":", "null");

        Run("safetensors", corpus, words, () =>
        {
            using var file = SafetensorsFile.Open(_path);
            foreach (var name in file.Tensors.Keys) file.Read(name);
        });
    }

    [Fact]
    public void Npy_OfAnyBytes_IsReadOrRefused()
    {
        static byte[] Npy(byte version, string header, int numbers)
        {
            var text = Encoding.ASCII.GetBytes(header + "\n");
            byte[] length = version == 1 ? [(byte)text.Length, (byte)(text.Length >> 8)] : [(byte)text.Length, (byte)(text.Length >> 8), 0, 0];
            return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. new byte[numbers]];
        }
        byte[][] corpus =
        [
            Npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 24),
            Npy(2, "{'descr': '|u1', 'fortran_order': False, 'shape': (5,), }", 5),
            Npy(3, "{'descr': '<f8', 'fortran_order': True, 'shape': (), }", 8),
        ];

        Run("npy", corpus, Words("'descr'", "'shape'", "'fortran_order'", "'<f4'", "'|O'", "True", "False", "(", ")", ",", "()", "'"), () =>
        {
            var entry = NpyFile.Read(_path);
            try
            {
                MappedVectors.Layout(entry.Shape, "array");
                using var mapped = MappedVectors.Open(_path, entry, "array");
                mapped.Read(0, new float[Math.Min(mapped.Rows, 8) * mapped.Columns]);
            }
            catch (TensorFileException)
            {
                // No rows.
            }
        });
    }

    [Fact]
    public void Tables_OfAnyBytes_AreReadOrRefused()
    {
        byte[][] corpus = ["1\t2\n3\t4\n"u8.ToArray(), "\uFEFF0.5\t-inf\r\nnan\t1e9\r\n\r\n"u8.ToArray(), "7"u8.ToArray()];

        Run("table", corpus, Words("\t", "\n", "\r\n", " ", "inf", "-Inf", "NaN", "1e5"), () =>
        {
            using var source = File.OpenRead(_path);
            using var numbers = new MemoryStream();
            TextTable.ConvertAsync(source, numbers).GetAwaiter().GetResult();
        });
    }

    [Fact]
    public void ProjectorConfig_OfAnyText_IsReadOrRefused()
    {
        byte[][] corpus =
        [
            "embeddings { tensor_name: 'a' tensor_shape: 10 tensor_shape: 3 tensor_path: \"t.bytes\" metadata_path: \"m.tsv\" sprite { image_path: \"s.png\" single_image_dim: [28, 28] } }"u8.ToArray(),
            "model_checkpoint_path: 'x' # comment\nembeddings < tensor_path: 'v.tsv'; >"u8.ToArray(),
        ];

        Run("projector_config", corpus, Words("embeddings", "tensor_shape", "sprite", "{", "}", "<", ">", "[", "]", ":", ";", ",", "'", "\"", "#", "\\"), () => ProjectorConfig.Parse(File.ReadAllText(_path)));
    }

    private void Run(string name, byte[][] corpus, byte[][] words, Action read)
    {
        var tried = Fuzz.Run(new FuzzCase(name, corpus, data =>
        {
            File.WriteAllBytes(_path, data);
            read();
        }, Declared)
        { Words = words });
        Assert.True(tried > 200, $"{tried} inputs");
    }
}
