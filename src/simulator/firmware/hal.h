/*
 * What the phone asks of the hardware that it runs on: the board's drivers
 * (src/simulator/firmware/board) on the one side, a host program in tests on
 * the other.
 *
 * One thread; nothing here is called from an interrupt.  Times are microseconds
 * since power on.
 */
#ifndef FIRMWARE_HAL_H
#define FIRMWARE_HAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- time ---- */
uint64_t hal_now_us(void);
/* Seconds since 1970 by the real-time clock. */
uint32_t hal_clock_s(void);
/* Sleeps (CLKCON idle) until a frame, a key or an audio block has come or
 * UNTIL_US is reached; returns at once where one is there already. */
void hal_wait(uint64_t until_us);
/* Tells the watchdog that all is well; it resets the board after 3 s without.
 * hal_wait tells it as well while it sleeps. */
void hal_watchdog(void);

/* ---- Ethernet: whole frames without checksum ---- */
#define HAL_FRAME_MAX 1514
const uint8_t *hal_mac(void); /* six bytes */
/* Takes the next frame; its length, 0 where there is none. */
size_t hal_frame_receive(uint8_t frame[HAL_FRAME_MAX]);
/* N is 14 to HAL_FRAME_MAX.  False when the controller is not ready. */
bool hal_frame_send(const uint8_t *frame, size_t n);

/* ---- keypad: debounced ---- */
enum hal_key {
	HAL_KEY_NONE,
	HAL_KEY_0,
	HAL_KEY_1,
	HAL_KEY_2,
	HAL_KEY_3,
	HAL_KEY_4,
	HAL_KEY_5,
	HAL_KEY_6,
	HAL_KEY_7,
	HAL_KEY_8,
	HAL_KEY_9,
	HAL_KEY_STAR,
	HAL_KEY_HASH,
	HAL_KEY_SOFT1,
	HAL_KEY_SOFT2,
	HAL_KEY_UP,
	HAL_KEY_DOWN,
	HAL_KEY_CALL,
	HAL_KEY_END,
	HAL_KEY_CLEAR,
	HAL_KEY_OK,
};
/* The next key that went down (a key held does not repeat). */
enum hal_key hal_key(void);

/* ---- panel: 1 bit a pixel, the leftmost pixel in a byte's highest bit ---- */
#define HAL_LCD_W      160
#define HAL_LCD_H      128
#define HAL_LCD_STRIDE (HAL_LCD_W / 8)
uint8_t *hal_lcd(void); /* HAL_LCD_STRIDE × HAL_LCD_H bytes; 1 is dark */
void hal_lcd_on(bool on);

/* ---- audio: 8,000 samples a second, 16 bits, one channel ---- */
#define HAL_AUDIO_BLOCK 160 /* 20 ms */
void hal_audio_start(void);
void hal_audio_stop(void);
/* False where no block was recorded since the last call. */
bool hal_audio_read(int16_t block[HAL_AUDIO_BLOCK]);
/* Queues a block to be played; false where two wait already. */
bool hal_audio_write(const int16_t block[HAL_AUDIO_BLOCK]);

/* ---- the rest ---- */
/* The boot loader's command line: "key=value" words with spaces between; a
 * value with spaces is in double quotes. */
const char *hal_config(void);
/* A line to the serial console, its newline added. */
void hal_log(const char *line);
/* Why it started: true after a reset by the watchdog. */
bool hal_was_reset(void);
/* For what the phone can't recover from: writes WHY to the console and stops
 * until the watchdog resets the board. */
_Noreturn void hal_panic(const char *why);

/* ---- the observer's port; all of it does nothing where there is none ---- */
uint32_t hal_cause(void); /* what the work at hand is for */
void hal_set_cause(uint32_t cause);
void hal_hold(unsigned alive); /* calls and transactions, refreshes aside */
/* "call ID FROM TO PEER", "registration FROM TO EVENT", "dialog …": see
 * docs/HANDSET.md. */
void hal_report(const char *line);

#endif
