/** Hands an address of this server to the browser as a file to keep; the server names the file. */

export function download(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}
