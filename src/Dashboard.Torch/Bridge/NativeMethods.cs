using System.Runtime.InteropServices;

namespace Dashboard.Torch;

/// <summary>The functions of <c>native/bridge.h</c>, which says what they do.</summary>
internal static unsafe partial class NativeMethods
{
    public const string Library = "lossboard_torch";
    public const int AbiVersion = 4;

    [LibraryImport(Library, EntryPoint = "lb_abi_version")]
    public static partial int GetAbiVersion();

    [LibraryImport(Library, EntryPoint = "lb_initialise")]
    public static partial int Initialise(byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_describe_runtime")]
    public static partial int DescribeRuntime(byte* text, long size, long* needed, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_model_load", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ModelLoad(string path, string device, out ModelHandle model, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_model_clone")]
    public static partial int ModelClone(ModelHandle model, out ModelHandle clone, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_model_free")]
    public static partial void ModelFree(nint model);

    [LibraryImport(Library, EntryPoint = "lb_model_describe")]
    public static partial int ModelDescribe(ModelHandle model, byte* text, long size, long* needed, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_model_read")]
    public static partial int ModelRead(ModelHandle model, double* parameters, long parameterCount, double* buffers, long bufferCount, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_model_write")]
    public static partial int ModelWrite(ModelHandle model, double* parameters, long parameterCount, double* buffers, long bufferCount, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_batch_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BatchCreate(
        NativeTensor* inputs, NativeTensor* targets, NativeTensor* weights, string device, out BatchHandle batch, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_batch_free")]
    public static partial void BatchFree(nint batch);

    [LibraryImport(Library, EntryPoint = "lb_check")]
    public static partial int Check(ModelHandle model, BatchHandle batch, NativeObjective* objective, int* hasAccuracy, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_evaluate")]
    public static partial int Evaluate(
        ModelHandle model, BatchHandle batch, NativeObjective* objective, double* loss, double* accuracy, NativeControl* control, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_plane_create")]
    public static partial int PlaneCreate(
        ModelHandle model, double* origin, double* x, double* y, long parameterCount, double* buffersOrigin, double* buffersX, long bufferCount, int interpolate,
        out PlaneHandle plane, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_plane_free")]
    public static partial void PlaneFree(nint plane);

    [LibraryImport(Library, EntryPoint = "lb_plane_factored")]
    public static partial int PlaneFactored(PlaneHandle plane);

    [LibraryImport(Library, EntryPoint = "lb_tile")]
    public static partial int Tile(
        ModelHandle model, BatchHandle batch, PlaneHandle plane, NativeObjective* objective, double* coordinates, long count, double* loss, double* accuracy,
        NativeControl* control, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_gradient")]
    public static partial int Gradient(
        ModelHandle model, BatchHandle batch, NativeObjective* objective, double* loss, double* gradient, long parameterCount, NativeControl* control, byte* error,
        long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_hessian_open")]
    public static partial int HessianOpen(
        ModelHandle model, BatchHandle batch, NativeObjective* objective, long keepBytes, out HessianHandle hessian, NativeControl* control, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_hessian_multiply")]
    public static partial int HessianMultiply(
        HessianHandle hessian, double* vector, double* product, long parameterCount, NativeControl* control, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_hessian_free")]
    public static partial void HessianFree(nint hessian);

    [LibraryImport(Library, EntryPoint = "lb_activations_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ActivationsOpen(
        ModelHandle model, BatchHandle batch, string? module, long batchSize, out ActivationsHandle activations, out long columns, NativeControl* control, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_activations_read")]
    public static partial int ActivationsRead(ActivationsHandle activations, long first, long count, float* rows, NativeControl* control, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_activations_shape")]
    public static partial int ActivationsShape(ActivationsHandle activations, long* shape, long capacity, long* rank, byte* error, long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_saliency")]
    public static partial int Saliency(
        ModelHandle model, BatchHandle batch, long batchSize, long* targets, long* predicted, double* scores, long* outputs, float* maps, long mapCount, NativeControl* control, byte* error,
        long errorSize);

    [LibraryImport(Library, EntryPoint = "lb_activations_free")]
    public static partial void ActivationsFree(nint activations);
}
