/* The phone: everything behind hal.h. */
#ifndef FIRMWARE_PHONE_PHONE_H
#define FIRMWARE_PHONE_PHONE_H

/* Runs the phone on the board that hal.h describes. */
_Noreturn void phone_main(void);

#endif
