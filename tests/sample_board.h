/*
 * A handset's trace made by hand: it starts, shows a screen, gets a key, is
 * called, computes an answer, and then its processor can't go on.
 */
#ifndef SAMPLE_BOARD_H
#define SAMPLE_BOARD_H

#include "sample_trace.h"

/* Records of the story. */
enum {
	BOARD_START = 1,
	BOARD_UART,
	BOARD_TITLE, /* lcd, row 0, light on dark */
	BOARD_TEXT,  /* lcd, row 2 */
	BOARD_DOTS,  /* lcd, row 3: dots and no text */
	BOARD_PRESS,
	BOARD_KEY,
	BOARD_IDLE,
	BOARD_INVITE,
	BOARD_RECV,
	BOARD_FSM,
	BOARD_CALL,
	BOARD_CYCLES,
	BOARD_RINGING,
	BOARD_WORK, /* the cycles that end in the fault */
	BOARD_FAULT,
	BOARD_RESTART,
	BOARD_UART_2,
	BOARD_WATCHDOG,
	BOARD_END,
};

#define SAMPLE_PROCESSOR                                                      \
	"'mode':'svc','at':'%s','registers':[0,1,2,3,4,5,6,7,8,9,10,11,12,"   \
	"805306368,805310000,805312345,95],'code':['30008120  ldr r0, [r4]'," \
	"'30008124  cmp r0, #0','30008128  beq #0x30008140',"                 \
	"'3000812c  bx lr','30008130  nop','30008134  nop','30008138  nop']"

struct trace *sample_board(void);

#endif
