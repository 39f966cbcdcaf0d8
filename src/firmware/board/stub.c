/* What runs where no phone is linked: the time, every second, and each key. */
#include "firmware/board/board.h"

#include "firmware/phone/phone.h"

static void
show_key(enum hal_key key)
{
	uart_text("key ");
	uart_hex((uint32_t)key);
	uart_text("\n");
}

__attribute__((weak)) _Noreturn void
phone_main(void)
{
	uint8_t frame[HAL_FRAME_MAX];
	uint64_t next = hal_now_us();

	for (;;) {
		enum hal_key key = hal_key();

		hal_watchdog();
		if (key != HAL_KEY_NONE)
			show_key(key);
		if (hal_frame_receive(frame) != 0)
			uart_text("frame\n");
		if (hal_now_us() >= next) {
			uart_hex(hal_clock_s());
			uart_text("\n");
			next += 1000000;
		}
		hal_wait(next);
	}
}
