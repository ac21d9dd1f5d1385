/**
 * Loaded into the programs that the scripts start: they finish when the script that started them is gone, killed
 * perhaps, because it would have stopped the database after them.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
