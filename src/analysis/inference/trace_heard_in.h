/* What the files of inference/trace_heard.h share. */
#ifndef INFERENCE_TRACE_HEARD_IN_H
#define INFERENCE_TRACE_HEARD_IN_H

#include "inference/trace_heard.h"

/* A source that changes the codec again and again makes no more records. */
#define MEDIA_CHANGES 16

/* trace_hearers.c */

const struct capture_packet *
media_packet_of(const struct correlation *co, uint32_t n);
const struct media_stream *media_payload(const struct media_stream *list,
    const struct media_stream *m, uint8_t type);
const char *media_payload_name(const struct media_stream *list,
    const struct media_stream *m, uint8_t type);
bool media_is_change(const struct media_stream *list,
    const struct media_stream *m, const struct capture_packet *p, uint8_t *now);

#endif
