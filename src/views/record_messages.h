/* The kinds of records whose words stand in files of their own. */
#ifndef VIEWS_RECORD_MESSAGES_H
#define VIEWS_RECORD_MESSAGES_H

#include "views/record_text_in.h"

tell_fn record_send_summary, record_send_sentence;
tell_fn record_recv_summary, record_recv_sentence;
tell_fn record_drop_summary, record_drop_sentence;
tell_fn record_packet_summary, record_packet_sentence;

/* record_acts.c */
tell_fn record_act_summary, record_act_sentence;
/* record_machines.c */
tell_fn record_timer_summary, record_timer_sentence;
tell_fn record_fsm_summary, record_fsm_sentence;
tell_fn record_dialog_summary, record_dialog_sentence;
/* "early → confirmed" alone. */
void record_dialog_step(struct telling *w, struct buf *out);
tell_fn record_call_summary, record_call_sentence;
/* record_auth.c */
tell_fn record_auth_summary, record_auth_sentence;
/* record_kinds.c: the fields themselves. */
tell_fn record_fields_summary, record_fields_sentence;

#endif
