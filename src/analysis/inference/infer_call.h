/* Calls and their dialogs, as their ends have them. */
#ifndef INFERENCE_INFER_CALL_H
#define INFERENCE_INFER_CALL_H

#include "inference/infer.h"

struct infer_call *infer_find_call(
    const struct infer *f, uint32_t node, uint32_t call, bool caller);
/* NODE's call, as caller or as callee, that has a dialog with the tag LOCAL; or
 * NULL. */
struct infer_call *infer_call_of_tag(
    const struct infer *f, uint32_t node, uint32_t call, uint32_t local);

/* ---- infer_call.c ---- */

/* Where requests of its dialogs go, as the request in co->msg says. */
void infer_dialogs_read(struct infer *f, struct infer_dialogs *c);
/* EVENT, or a response with STATUS, 101 to 299, opens or confirms a dialog. */
void infer_dialog(struct infer *f, struct infer_dialogs *c, uint32_t local,
    uint32_t remote, int64_t t, uint64_t cause, enum event_id event,
    unsigned status, bool sent);
/* EVENT happens to the dialog with these tags. */
void infer_step_dialog(struct infer *f, struct infer_dialogs *c, uint32_t local,
    uint32_t remote, int64_t t, uint64_t cause, enum event_id event);

#endif
