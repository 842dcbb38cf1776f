// A step of a dense CfC as a textbook would write it: loops, and the C library's functions.
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUTS = 4, MOST_UNITS = 256 };

typedef struct {
    int units, inputs, backbone;
    float* joined; // input, then state
    float parameters[];
} network;

static const float* linear(const float* parameters, const float* x, int in, int out, float* y) {
    const float* bias = parameters + out * in;
    for (int i = 0; i < out; i++) {
        float sum = bias[i];
        for (int j = 0; j < in; j++) sum += parameters[i * in + j] * x[j];
        y[i] = sum;
    }
    return bias + out;
}

void* network_create(int size, const float* parameters) {
    static const int units[] = {19, 64, 256}, inputs[] = {8, 16, 32}, backbones[] = {0, 64, 128};
    if (size < 0 || size > 2) return NULL;
    const int n = units[size], i = inputs[size], b = backbones[size];
    const int length = b * (i + n + 1) + 4 * n * ((b ? b : i + n) + 1) + OUTPUTS * (n + 1);
    network* net = malloc(sizeof(network) + sizeof(float) * length);
    net->units = n;
    net->inputs = i;
    net->backbone = b;
    net->joined = calloc(i + n, sizeof(float));
    memcpy(net->parameters, parameters, sizeof(float) * length);
    return net;
}

void network_free(void* handle) {
    network* net = handle;
    free(net->joined);
    free(net);
}

void network_reset(void* handle) {
    network* net = handle;
    memset(net->joined, 0, sizeof(float) * (net->inputs + net->units));
}

static void step(network* net, const float* input, float timespan, float* output) {
    float features[MOST_UNITS], ff1[MOST_UNITS], ff2[MOST_UNITS], time_a[MOST_UNITS], time_b[MOST_UNITS];
    const int units = net->units, backbone = net->backbone;
    const float* parameters = net->parameters;
    const float* source = net->joined;
    float* state = net->joined + net->inputs;
    int width = net->inputs + units;
    memcpy(net->joined, input, sizeof(float) * net->inputs);
    if (backbone) {
        parameters = linear(parameters, source, width, backbone, features);
        for (int j = 0; j < backbone; j++) features[j] = 1.7159f * tanhf(0.666f * features[j]);
        source = features;
        width = backbone;
    }
    parameters = linear(parameters, source, width, units, ff1);
    parameters = linear(parameters, source, width, units, ff2);
    parameters = linear(parameters, source, width, units, time_a);
    parameters = linear(parameters, source, width, units, time_b);
    for (int j = 0; j < units; j++) {
        const float gate = 1.0f / (1.0f + expf(-(time_a[j] * timespan + time_b[j])));
        state[j] = tanhf(ff1[j]) * (1.0f - gate) + gate * tanhf(ff2[j]);
    }
    linear(parameters, state, units, OUTPUTS, output);
}

void network_run(void* handle, const float* inputs, int length, int first, int steps, float timespan, float* outputs) {
    network* net = handle;
    for (int at = first; steps > 0; steps--) {
        step(net, inputs + at * net->inputs, timespan, outputs + at * OUTPUTS);
        if (++at == length) at = 0;
    }
}
