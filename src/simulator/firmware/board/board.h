/*
 * What the board's own files share: registers, the processor's interrupt bit,
 * and the drivers' parts that hal.h does not show.  S3C2410A User's Manual, the
 * chapter named at each block; addresses and most bits are in
 * emu/s3c2410a.h.
 */
#ifndef FIRMWARE_BOARD_BOARD_H
#define FIRMWARE_BOARD_BOARD_H

#include "emu/s3c2410a.h"
#include "firmware/hal.h"

/* A register of 32 bits, of 16 (the Ethernet controller), at an address. */
#define REG(address)   (*(volatile uint32_t *)(uintptr_t)(address))
#define REG16(address) (*(volatile uint16_t *)(uintptr_t)(address))

/* ---- irq.c ---- */
typedef void irq_fn(void); /* runs with interrupts off */

/* Calls FN on interrupt SOURCE (S3C_INT_X) and lets it through. */
void irq_attach(unsigned source, irq_fn *fn);
void irq_mask(unsigned source);
void irq_unmask(unsigned source);
/* Forgets that SOURCE was pending. */
void irq_clear(unsigned source);
/* Switches the processor's interrupts off; its result goes to irq_restore. */
uint32_t irq_save(void);
void irq_restore(uint32_t saved);
/* Called from the vector. */
void irq_dispatch(void);

/* ---- clock.c ---- */
/* Sets the clocks and starts the time base. */
void clock_start(void);
uint32_t clock_pclk_hz(void);
/* Sets an interrupt in US microseconds, or earlier where that is far off.
 * Called with interrupts off. */
void clock_alarm(uint64_t us);
/* The handler of that interrupt: there is nothing to do but to wake. */
void clock_alarmed(void);
/* Timer 2 interrupts every 10 ms.  Called from the keypad's interrupts alone.
 */
void clock_scan(bool on);
#define CLOCK_SCAN_IRQ (S3C_INT_TIMER0 + 2)

/* ---- memory.c ---- */
/* Reads the tagged list at TAGS, paints the stack; the stack's first address.
 * Called from crt0, on a stack of 1 KB. */
uint32_t memory_start(uint32_t tags);
uint32_t memory_size(void);
/* Measures the stack and tells the observer where it grew. */
void memory_measure(void);
/* Newlib's malloc: N bytes more, (void *)-1 where there are none. */
void *_sbrk(intptr_t n);

/* ---- the drivers' starts, in this order ---- */
void uart_start(void);
void watchdog_start(void);
void lcd_start(void);
void keypad_start(void);
/* False where no controller answers. */
bool ether_start(void);

/* ---- what hal_wait looks at, with interrupts off ---- */
bool keypad_waiting(void);
bool ether_waiting(void);
bool audio_waiting(void);

/* ---- uart.c ---- */
void uart_text(const char *text);
void uart_hex(uint32_t value);

/* ---- fault.c ---- */
/* Reports an exception and waits for the watchdog; called from the vectors.
 * WHICH: 0 undefined instruction, 1 SWI, 2 prefetch abort, 3 data abort, 4 FIQ.
 */
_Noreturn void fault(uint32_t which, uint32_t address, uint32_t psr);

_Noreturn void board_main(void);

#endif
