/* The kinds of records whose words stand in files of their own. */
#ifndef WORDS_RECORD_MESSAGES_H
#define WORDS_RECORD_MESSAGES_H

#include "words/record_text_in.h"

tell_fn record_send_summary, record_send_sentence;
tell_fn record_recv_summary, record_recv_sentence;
/* Both ends, where no column names the node. */
tell_fn record_message_step;
tell_fn record_drop_summary, record_drop_sentence;
tell_fn record_packet_summary, record_packet_sentence;

/* record_acts.c */
tell_fn record_act_summary, record_act_sentence;
/* record_faults.c */
tell_fn record_fault_summary, record_fault_sentence;
/* What became of a message; false where none is known. */
bool record_fault_question(struct telling *w, const char *when);
/* record_machines.c */
tell_fn record_timer_summary, record_timer_sentence;
tell_fn record_fsm_summary, record_fsm_sentence;
tell_fn record_dialog_summary, record_dialog_sentence;
/* "early → confirmed" alone. */
void record_dialog_step(struct telling *w, struct buf *out);
tell_fn record_call_summary, record_call_sentence;
/* record_auth.c */
tell_fn record_auth_summary, record_auth_sentence;
/* record_board.c */
tell_fn record_board_summary, record_board_sentence;
/* record_kinds.c: the next hop first; the fields themselves. */
tell_fn record_route_step;
tell_fn record_fields_summary, record_fields_sentence;

#endif
