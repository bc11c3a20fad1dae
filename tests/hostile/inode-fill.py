# tries: to create files endlessly.
# holds: there are at most 4096 in home and 2048 in tmp.
# gvisor: files in, because it does not limit their number; they count as the sandbox's memory.
import os

for place, most in (('/home/reader', 4096), ('/tmp', 2048)):
    directory = f'{place}/many'
    os.mkdir(directory)
    made = 0
    try:
        while made < 10_000:
            os.close(os.open(f'{directory}/{made}', os.O_CREAT | os.O_WRONLY))
            made += 1
    except OSError:
        pass
    print('held' if 0 < made <= most else 'BROKEN', f'files in {place}:', made)
